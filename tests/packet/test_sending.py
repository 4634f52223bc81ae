"""A file on its way: through the outbox, to a phone, and into the terminal."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from bot.channels.telegram import Telegram
from bot.channels.terminal import Terminal
from bot.packets import Enclosed, Finished
from bot.packets.pages import make
from bot.parcels import Delivered, Kind, Parcel, as_body, from_body, of_bubble
from bot.rendering import Bubble
from tests.packet.reading import a_packet
from tests.servers.botapi import BotApi, Phone
from tests.telegram.conftest import ada, telegram

__all__ = ["ada", "telegram"]

PACKET = a_packet("It leans towards the purpose.")


@dataclass(frozen=True, slots=True)
class Broken(Enclosed):
    made_by: ClassVar[str] = "bot.packets.nowhere"

    def in_words(self) -> str:
        return "All <of> it in words."


def parcel(chat: int, file: Enclosed = PACKET, html: str = "Here <b>it</b> is.") -> Parcel:
    return Parcel(Kind.DOCUMENT, chat, html, file=file)


async def test_a_file_arrives_with_its_words_under_it_and_may_be_passed_on(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    outcome = await telegram.deliver(parcel(ada.id))

    seen = await ada.hears("Here it is.")
    assert outcome == Delivered(seen.message_id)
    assert (seen.kind, seen.protected) == ("document", False)
    assert (seen.document or {})["file_name"] == "tare.pdf"
    assert await ada.download(seen) == make(PACKET).content
    assert api.violations == []


async def test_words_too_long_to_stand_under_a_file_come_before_it(telegram: Telegram, ada: Phone) -> None:
    await telegram.deliver(parcel(ada.id, html="word " * 300))

    words, file = await ada.received()
    assert (words.kind, file.kind, file.text) == ("text", "document", "")


async def test_a_file_that_cannot_be_made_is_told_in_words(
    telegram: Telegram, ada: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        await telegram.deliver(parcel(ada.id, Broken()))

    said = [seen.text for seen in await ada.received()]
    assert said == ["Here it is.", "All <of> it in words."]
    assert "All" not in caplog.text


@pytest.mark.parametrize("file", [PACKET, Finished.of("tare.zip", b"\x00\x01")])
def test_a_file_comes_back_from_the_outbox_as_it_was(file: Enclosed) -> None:
    there = parcel(1, file)

    assert from_body(there.kind.value, as_body(there)) == there


def test_a_bubble_with_a_file_is_a_document_and_is_not_sent_again_in_doubt() -> None:
    sent = of_bubble(1, Bubble("Here it is.", file=PACKET))

    assert (sent.kind, sent.file) == (Kind.DOCUMENT, PACKET)
    assert not sent.kind.repeats
    assert not sent.kind.edits


def test_the_words_of_a_packet_say_all_that_is_printed() -> None:
    told = PACKET.in_words()

    for line in (PACKET.title, PACKET.sections[0].title, *PACKET.sections[0].lines, PACKET.foot):
        assert line in told


def test_a_script_names_the_file_and_leaves_none_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed: list[str] = []

    asyncio.run(Terminal(printed.append).deliver(parcel(1)))

    assert printed == ["bot> Here it is.\n     [a file: tare.pdf, 1 page]"]
    assert list(tmp_path.iterdir()) == []


def test_the_terminal_saves_a_file_for_its_owner_alone_and_never_over_another(tmp_path: Path) -> None:
    printed: list[str] = []
    terminal = Terminal(printed.append, folder=tmp_path)

    asyncio.run(terminal.deliver(parcel(1)))
    asyncio.run(terminal.deliver(parcel(1)))

    saved = sorted(tmp_path.iterdir())
    assert [each.name for each in saved] == ["tare-2.pdf", "tare.pdf"]
    assert all(each.read_bytes() == make(PACKET).content for each in saved)
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in saved)
    assert f"saved as {tmp_path / 'tare-2.pdf'}" in printed[1].replace("\n     ", " ")


def test_the_terminal_tells_a_file_that_cannot_be_made(tmp_path: Path) -> None:
    printed: list[str] = []

    asyncio.run(Terminal(printed.append, folder=tmp_path).deliver(parcel(1, Broken())))

    assert "All <of> it in words." in printed[0]
