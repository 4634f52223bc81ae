"""Draws the map at the end of docs/examples/first-map.chat as a phone shows it, with the real words.

`python -m docs.pictures.draw_map` writes map.png and map-dark.png. It needs Chromium and a font such as Noto
Sans, and is a tool for authors: nothing else depends on either.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

from bot.channels.terminal import Terminal
from bot.chatting import A_MOMENT, ADDRESS, CHAT, SCRIPT_KEY, SCRIPT_STARTS
from bot.clock import MovableClock
from bot.house import furnish
from bot.parcels import Kind, Parcel
from bot.rendering import Bubble
from bot.scripts import Cue, read_script
from bot.storage import Keyring
from flows.person import Person

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "examples" / "first-map.chat"
LOOKS = {"map.png": "light", "map-dark.png": "dark"}

WIDTH, SHARPNESS = 390, 2
"""A phone's width, and how many points of the picture make one of its."""

COMMAND = re.compile(r"(?<![\w<])/[a-z]+")
"""What Telegram shows as a link that sends the command."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIETLY = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu")


@dataclass(frozen=True)
class Spoken:
    """One message of the chat; the coach's are bubbles, the person's are words."""

    bubble: Bubble
    at: datetime
    mine: bool = False


async def played(cues: Iterable[Cue]) -> list[Spoken]:
    """Play a script through the coach, without a store, and return everything that was said."""
    house, clock, chat = furnish(), MovableClock(fixed=SCRIPT_STARTS), list[Spoken]()
    terminal = Terminal(lambda _: None)  # knows which button a typed number means
    person = Person(int.from_bytes(Keyring.of(SCRIPT_KEY).lookup(ADDRESS)[:6]))
    for cue in cues:
        if cue.who == "clock":
            clock.move(cue.what)
            continue
        clock.offset += A_MOMENT
        reply = house.coach.turn(person, terminal.heard(cue.what, cue.line), clock())
        person = reply.person
        at = clock().astimezone(ZoneInfo(person.zone or "UTC"))
        bubbles = house.voices[person.locale].bubbles(reply.says)
        chat += [Spoken(Bubble(escape(cue.what)), at, mine=True), *(Spoken(each, at) for each in bubbles)]
        for bubble in bubbles:
            await terminal.deliver(Parcel(Kind.QUESTION, CHAT, bubble.html, bubble.rows))
    return chat


def page(chat: list[Spoken], look: str) -> str:
    """Return the page that shows the last thing the person said and all that was answered."""
    last = max(place for place, said in enumerate(chat) if said.mine)
    shown = chat[last:]
    template = Template((HERE / "chat.html").read_text("utf-8"))
    messages = "".join(map(_message, shown))
    return template.substitute(look=look, day=f"{shown[0].at:%-d %B}", messages=messages)


def _message(said: Spoken) -> str:
    rows = "".join(
        f'<div class="keys">{"".join(f"<span>{escape(key.words)}</span>" for key in row)}</div>'
        for row in said.bubble.rows
    )
    words = COMMAND.sub(r"<em>\g<0></em>", said.bubble.html)
    bubble = f'<div class="bubble">{words}<span class="at">{said.at:%H:%M}</span></div>'
    return f'<div class="said{" mine" if said.mine else ""}">{bubble}{rows}</div>'


async def photograph(html: str, picture: Path) -> None:
    """Let the browser lay the page out twice: once to learn its height, once to take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chat.html"
        file.write_text(html, "utf-8")
        laid_out = await _browse(folder, "--dump-dom", file.as_uri())
        height = re.search(r"<title>(\d+)</title>", laid_out)
        if not height:
            sys.exit("The browser did not tell the height of the page.")
        size = (f"--window-size={WIDTH},{height[1]}", f"--force-device-scale-factor={SHARPNESS}")
        await _browse(folder, *size, f"--screenshot={picture}", file.as_uri())


async def _browse(folder: str, *arguments: str) -> str:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("Chromium is needed to draw: apt-get install chromium fonts-noto-core")
    running = await asyncio.create_subprocess_exec(
        *(browser, *QUIETLY, f"--user-data-dir={folder}/profile", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    said, _ = await running.communicate()
    return said.decode()


async def draw() -> None:
    """Write all pictures."""
    chat = await played(read_script(SCRIPT.read_text("utf-8").splitlines()))
    for name, look in LOOKS.items():
        await photograph(page(chat, look), HERE / name)


if __name__ == "__main__":
    asyncio.run(draw())
