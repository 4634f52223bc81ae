"""`tare chat`: the coach in the terminal, with the same engine, store, intake and outbox as on Telegram."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import make_url

from bot.arrivals import Arrival, Seen
from bot.channels.terminal import SPEAKER, Terminal
from bot.clock import MovableClock
from bot.house import House, furnish
from bot.importing import put_in, read_file
from bot.intake import Intake
from bot.pacing import Pace, Rate
from bot.plans import SWEEP
from bot.retention import Retention
from bot.scripts import Cue, ScriptError, lines_of, read_script, same_words
from bot.sender import Sender
from bot.settings import Settings
from bot.storage.keys import Keyring
from bot.storage.schema import migrate
from bot.storage.store import Store
from flows.engine.heard import Commanded, Corrected, Heard, Sent

ADDRESS = "terminal:me"
CHAT = 1
CLOCK = "terminal_clock"
DATABASE = "sqlite:///chat.db"
"""A file of its own: a bot that serves people from another one must not find its outbox emptied here."""
SCRIPT_STARTS = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
"""A Monday evening; scripts that say nothing else start here."""
SCRIPT_KEY = b"the same for every script, so that"[:32]
_house = cache(furnish)
"""One for all scripts of a process: reading the gazetteer takes longer than playing a chat."""
A_MOMENT = timedelta(seconds=20)
"""What a line takes to type, in a script."""


@dataclass
class Session:
    """One person at one terminal. `written` collects everything that was said, for scripts."""

    store: Store
    house: House
    clock: MovableClock
    write: Callable[[str], None]
    locale: str = "en"
    bold: bool = False
    lines: int = 0
    folder: Path | None = None
    """Where files that are sent are saved; None in a script, which leaves nothing behind."""

    def __post_init__(self) -> None:
        lease = timedelta(seconds=30)
        self.terminal = Terminal(self.write, bold=self.bold, folder=self.folder)
        self.sender = Sender(self.store, self.terminal, self.clock, Pace(Rate(0), 0, 1), lease)
        self.intake = Intake(
            self.store, self.house.coach, self.house.voices, self.clock, lease, self.sender.held
        )

    async def hear(self, heard: Heard) -> None:
        """Take one event in and deliver what follows, before the next line is read."""
        tap = Arrival(f"terminal:{uuid4()}", ADDRESS, CHAT, heard, self.locale, tap="tap", seen=Seen(0))
        taken = await self.intake.take([tap])
        self.sender.hand(taken.parcels)
        await self.sender.once()
        for words in taken.taps.values():
            await self.terminal.acknowledge("tap", words)

    async def type(self, line: str) -> None:
        """Take in a line as it was typed."""
        self.lines += 1
        await self.hear(self.terminal.heard(line, self.lines))

    async def play(self, cue: Cue) -> None:
        """Play one line of a script that is not the coach's."""
        match cue.who:
            case "clock":
                await self._move(cue)
            case "edit":
                await self.hear(Corrected(cue.what, self.lines))
            case "sent":
                await self.hear(Sent(cue.what))
            case _:
                await self.type(cue.what)

    async def _move(self, cue: Cue) -> None:
        try:
            await self.live_until(self.clock.meant(cue.what))
        except ValueError as error:
            raise ScriptError(f"line {cue.line}: {error}") from None

    async def live_until(self, moment: datetime) -> None:
        """Let the time pass until then: whatever comes due on the way is delivered at its own time."""
        while self.clock() <= moment and (due := await self._next_due(moment)) is not None:
            self.clock.set(max(due, self.clock()))
            self.terminal.stamp = await self._stamp()
            taken = await self.intake.nudge()
            self.sender.hand(taken.parcels)
            await self.sender.once()
            self.terminal.stamp = ""
            if not taken.due:
                self.clock.set(self.clock() + SWEEP)
        self.clock.set(moment)

    async def _next_due(self, until: datetime) -> datetime | None:
        async with self.store.transaction() as transaction:
            return await transaction.next_due(until)

    async def _stamp(self) -> str:
        """Return the time as it is where the person is, in their language."""
        async with self.store.transaction() as transaction:
            row = (await transaction.people([ADDRESS])).get(ADDRESS)
        body = row.body if row else {}
        there = self.clock().astimezone(ZoneInfo(body.get("zone") or "UTC"))
        return f"{format_date(there, 'full', body.get('locale') or self.locale)}, {there:%H:%M}"


def chat(
    settings: Settings,
    *,
    db: str | None,
    locale: str | None,
    script: Path | None,
    export: Path | None = None,
) -> int:
    """Talk in the terminal until the input ends. Returns the exit code of the program.

    Raises `ImportRefused` for an export that cannot be gone on from.
    """
    brought = read_file(export) if export is not None else None
    with asyncio.Runner() as runner:
        if script is not None:
            return runner.run(_replay(lines_of(script), db, locale or "en"))
        session = runner.run(_opened(settings, db, locale))
        try:
            if brought is not None:
                runner.run(put_in(session.store, ADDRESS, CHAT, brought, session.clock()))
            runner.run(Retention(session.store, session.clock).once_a_day())
            return _talk(runner, session)
        except KeyboardInterrupt:
            print("\nYour place is kept. The same command goes on from here.")
            return 0
        finally:
            runner.run(session.store.close())


async def _opened(settings: Settings, db: str | None, locale: str | None) -> Session:
    url = db or DATABASE
    keyring = Keyring.open(settings.key_file)
    if keyring.created:
        print(f"(A new key is in {settings.key_file}. Without it what you write here cannot be read.)")
    await asyncio.to_thread(migrate, url)
    store = await Store.open(url, keyring)
    async with store.transaction() as transaction:
        await transaction.release_leases()
        moved = await transaction.get_state(CLOCK)
    clock = MovableClock(timedelta(seconds=float(moved or 0)))
    tty = sys.stdout.isatty()
    return Session(store, furnish(), clock, print, locale or "en", bold=tty, folder=_beside(url))


def _beside(url: str) -> Path:
    """The folder of the database, where that is a file; else the one we are in."""
    database = make_url(url).database if url.startswith("sqlite") else None
    return Path(database or ".").parent


def _talk(runner: asyncio.Runner, session: Session) -> int:
    """Read a line, take it in, print what follows. Whatever interrupts this, nothing said is lost."""
    runner.run(session.hear(Commanded("start")))
    for line in _typed():
        if line.startswith("clock>"):
            runner.run(_move_clock(session, line.removeprefix("clock>")))
        elif line.strip():
            runner.run(session.type(line.removeprefix("me> ")))
    return 0


def _typed() -> Iterator[str]:
    """Lines as they are typed, or as they come out of a pipe; these are shown, so that it reads as a chat."""
    if sys.stdin.isatty():
        with suppress(ImportError):  # it makes input() editable, and is not there on every system
            import_module("readline")
    while True:
        try:
            line = input("me> ")
        except EOFError:
            print()
            return
        if not sys.stdin.isatty():
            print(line)
        yield line


async def _move_clock(session: Session, order: str) -> None:
    try:
        await session.live_until(session.clock.meant(order))
    except ValueError as error:
        print(error)
        return
    async with session.store.transaction() as transaction:
        await transaction.set_state(CLOCK, str(session.clock.offset.total_seconds()))
    await Retention(session.store, session.clock).once_a_day()
    print(f"(It is {session.clock():%A, %d %B %Y, %H:%M} UTC.)")


async def _replay(lines: Iterable[str], db: str | None, locale: str) -> int:
    missing = 0
    async for line, came in played(lines, db, locale):
        print(line)
        missing += not came
    return 1 if missing else 0


async def played(
    lines: Iterable[str], db: str | None = None, locale: str = "en", house: House | None = None
) -> AsyncIterator[tuple[str, bool]]:
    """Play a script and yield the chat as it went, a line at a time; in another house if one is given.

    An expected `bot>` line that does not come is yielded as a line of its own, with False.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = db or f"sqlite:///{folder}/chat.db"
        await asyncio.to_thread(migrate, url)
        store = await Store.open(url, Keyring.of(SCRIPT_KEY))
        said: list[str] = []
        session = Session(store, house or _house(), MovableClock(fixed=SCRIPT_STARTS), said.append, locale)
        try:
            async for line in _performed(session, read_script(lines), said):
                yield line
        finally:
            await store.close()


async def _performed(
    session: Session, cues: Iterable[Cue], said: list[str]
) -> AsyncIterator[tuple[str, bool]]:
    heard = ""
    for cue in cues:
        if cue.who == "bot":
            if same_words(cue.what) not in heard:
                yield f"line {cue.line}: this did not come: {cue.what}", False
            continue
        yield f"{cue.who}> {cue.what}".replace("\n", "\n     "), True
        session.clock.offset += A_MOMENT
        await session.play(cue)
        heard = " ".join(same_words(words.removeprefix(SPEAKER)) for words in said)
        for words in said:
            yield words, True
        said.clear()
