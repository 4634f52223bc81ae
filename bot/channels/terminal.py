"""The terminal as a channel: bubbles as wrapped text, buttons as numbers to type."""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Callable
from contextlib import suppress
from html import escape, unescape
from itertools import count
from pathlib import Path

from bot.packets import Enclosed, Made, made_or_none
from bot.parcels import Delivered, Kind, Outcome, Parcel
from bot.rendering import Key
from flows.engine.heard import Commanded, Heard, Tapped, Wrote

WIDTH = 78
SPEAKER = "bot> "
INDENT = " " * len(SPEAKER)
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class Terminal:
    """Prints what is delivered, and knows which buttons are in sight. `bold` marks strong words.

    `stamp` stands in brackets above the next message: when it comes, for one that nobody asked for. Files
    that are sent are saved in `folder`; None: they are only told.
    """

    def __init__(
        self, write: Callable[[str], None], *, bold: bool = False, folder: Path | None = None
    ) -> None:
        self._write = write
        self._folder = folder
        self._bold = bold
        self._keys: tuple[Key, ...] = ()
        self._messages = 0
        self.stamp = ""

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Print one message. Edits of earlier ones only show when their buttons changed."""
        if parcel.kind is Kind.CHOSEN or (parcel.kind is Kind.KEYBOARD and not parcel.rows):
            return Delivered()
        shown = [f"({self.stamp})"] if self.stamp else []
        shown += self._shown(parcel.html) if parcel.html else []
        shown += await self._enclosed(parcel.file) if parcel.file else []
        self.stamp = ""
        self._write("\n".join(_spoken([*shown, *_buttons(parcel.rows)])))
        if parcel.rows:
            self._keys = tuple(key for row in parcel.rows for key in row)
        self._messages += 1
        return Delivered(self._messages)

    async def acknowledge(self, tap: str, words: str) -> None:
        """Print the passing word a tap got, in brackets."""
        del tap
        if words:
            self._write(f"{SPEAKER}({words})")

    def heard(self, line: str, ref: int) -> Heard:
        """Return what a typed line is: a command, a tap on a numbered button, or text."""
        if re.match(r"/[A-Za-z_]", line):
            name, _, argument = line[1:].partition(" ")
            return Commanded(name.lower(), argument.strip())
        for key in self._keys:
            if key.typed and key.typed == line.strip():
                return Tapped(key.token)
        return Wrote(line, ref)

    async def _enclosed(self, file: Enclosed) -> list[str]:
        """Make a file, save it where files are saved, and say what it is; else say what is in it."""
        there = await made_or_none(file)
        if there is None:
            return self._shown(escape(file.in_words(), quote=False))
        saved = f", saved as {_saved(self._folder, there)}" if self._folder else ""
        return [f"[a file: {there.name}, {_size(there)}{saved}]"]

    def _shown(self, html: str) -> list[str]:
        lines: list[str] = []
        for paragraph in _words(html, bold=self._bold).split("\n"):
            hanging = "  " if paragraph.startswith("\u2022 ") else ""
            wrapped = textwrap.wrap(paragraph, WIDTH - len(INDENT), subsequent_indent=hanging)
            lines += wrapped or [""]
        return lines


def _size(file: Made) -> str:
    if file.pages is None:
        return f"{len(file.content)} bytes"
    return "1 page" if file.pages == 1 else f"{file.pages} pages"


def _saved(folder: Path, there: Made) -> Path:
    """Write a file for the eyes of its owner alone, under a name that is still free."""
    name, dot, ending = there.name.rpartition(".")
    for number in count(1):
        place = folder / (there.name if number == 1 else f"{name}-{number}{dot}{ending}")
        with suppress(FileExistsError), os.fdopen(os.open(place, NEW, 0o600), "wb") as saved:
            saved.write(there.content)
            return place
    raise AssertionError("there is always a free number")


def _words(html: str, *, bold: bool) -> str:
    strong = ("\x1b[1m", "\x1b[0m") if bold else ("", "")
    text = re.sub(r"<b>", strong[0], html)
    text = re.sub(r"</b>", strong[1], text)
    return unescape(re.sub(r"</?[a-z][^>]*>", "", text))


def _spoken(lines: list[str]) -> list[str]:
    return [((SPEAKER if place == 0 else INDENT) + line).rstrip() for place, line in enumerate(lines)]


def _buttons(rows: tuple[tuple[Key, ...], ...]) -> list[str]:
    keys = [key for row in rows for key in row]
    options = [_option(key) for key in keys if not key.aside]
    asides = [key.words for key in keys if key.aside]
    lines = textwrap.wrap("  ".join(options), WIDTH - len(INDENT), break_on_hyphens=False)
    together = " \u00b7 ".join(asides)
    return [*(line.replace("\u00a0", " ") for line in lines), *([f"({together})"] if asides else [])]


def _option(key: Key) -> str:
    """One option; its parts do not break apart at the end of a line."""
    if key.typed in ("", key.words):
        return f"[{key.words}]".replace(" ", "\u00a0")
    return f"[{key.typed}] {key.words}".replace(" ", "\u00a0")
