"""Whole chats in which the coach listens by its word lists, exact to the character."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.house import furnish
from tests.transcripts.playing import replayed

CHATS = sorted((Path(__file__).parent / "chats").glob("*.txt"))
LISTENING = furnish(listens=True)


@pytest.mark.parametrize("file", CHATS, ids=lambda file: file.stem)
def test_a_chat_goes_as_it_is_written_down(file: Path) -> None:
    written = file.read_text("utf-8")

    assert asyncio.run(replayed(written, house=LISTENING)) == written
