"""Whole chats as text: `me>` lines go in, `clock>` moves the time, `bot>` lines are what has to come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LINE = re.compile(r"(me|clock|bot|edit|sent)>(?: (.*))?")


class ScriptError(Exception):
    """A line of a script that nobody can play; the message names the line and what is allowed."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing in a script: who ("me", "clock", "bot", "edit", "sent"), what, and in which line."""

    who: str
    what: str
    line: int


def lines_of(file: Path) -> list[str]:
    """Return the lines of a script. Raises ScriptError for a file that is no text."""
    try:
        return file.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ScriptError(f"{file}: is not text in UTF-8; save it as that") from error


def read_script(lines: Iterable[str]) -> Iterator[Cue]:
    """Yield the cues of a script. Indented lines go on; empty lines and comments (#) are left out."""
    cue: Cue | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\n")
        found = LINE.fullmatch(line)
        if found:
            if cue:
                yield cue
            cue = Cue(found[1], found[2] or "", number)
        elif line.startswith("     ") and cue:
            cue = Cue(cue.who, f"{cue.what}\n{line[5:]}", cue.line)
        elif line.strip() and not line.startswith("#"):
            raise ScriptError(
                f"line {number}: starts with none of me> bot> clock> edit> sent> or five spaces"
            )
    if cue:
        yield cue


def same_words(text: str) -> str:
    """Return the text with all white space alike, so that wrapping does not matter."""
    return " ".join(text.split())
