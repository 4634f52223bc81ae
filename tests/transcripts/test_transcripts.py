"""Whole chats, exact to the character. After a wanted change: `python -m tests.transcripts.record`."""

from __future__ import annotations

import asyncio
from difflib import unified_diff
from pathlib import Path

import pytest

from bot.storage import database
from tests.transcripts.playing import replayed, transcripts


@pytest.fixture(autouse=True)
def nobody_pulls_the_plug(monkeypatch: pytest.MonkeyPatch) -> None:
    """These files need not survive a power cut, and without waiting for the disk a chat takes a third."""
    pragmas = [each.replace("synchronous = FULL", "synchronous = OFF") for each in database.SQLITE_PRAGMAS]
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", pragmas)


@pytest.mark.parametrize("file", transcripts(), ids=lambda file: file.stem)
def test_a_chat_goes_as_it_is_written_down(file: Path, sqlite_url: str) -> None:
    written = file.read_text("utf-8")

    now = asyncio.run(replayed(written, sqlite_url))

    assert now == written, difference(written, now, file.name)


def difference(written: str, now: str, name: str) -> str:
    lines = unified_diff(
        written.splitlines(), now.splitlines(), f"{name} as written", f"{name} as it goes now", lineterm=""
    )
    return "\n".join(lines)
