"""A transcript is a whole chat as the terminal shows it: played again, it has to come out the same.

Comments at the top say who is talking. Everything but the coach's part is what goes in.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from bot.chatting import played
from bot.house import House

FOLDER = Path(__file__).parent


def transcripts() -> list[Path]:
    """Return the files of all transcripts."""
    return sorted(FOLDER.glob("*.txt"))


async def replayed(written: str, database: str | None = None, house: House | None = None) -> str:
    """Return the transcript as it goes now, in the house as it is shipped or in another one."""
    lines = written.splitlines()
    comments = list(takewhile(lambda line: line.startswith("#"), lines))
    chat = [line async for line, _ in played(done_by_the_person(lines), database, house=house)]
    return "\n".join([*comments, *chat]) + "\n"


def done_by_the_person(lines: list[str]) -> Iterator[str]:
    """Yield what goes in: each line of the person or the clock, and the indented ones that go on with it."""
    theirs = False
    for line in lines:
        if not line.startswith((" ", "#")) and line:
            theirs = not line.startswith("bot>")
        if theirs and line:
            yield line
