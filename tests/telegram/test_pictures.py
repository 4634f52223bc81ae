"""Pictures on a phone: a card with its words under it, and the words alone where no card can be drawn."""

from __future__ import annotations

import pytest

from bot.channels import telegram_carrier as channel
from bot.channels.telegram import Telegram
from bot.parcels import Delivered, Kind, Parcel, as_body, from_body
from bot.pictures import Card, LayerLine
from tests.servers.botapi import BotApi, Phone

ROW = LayerLine("What the work is for", "leaning", 3, ("Monday goes from 7 to 2",), leading=True)
CARD = Card("Where the weight may come from", "On what you told me", (ROW,), foot="A reflection aid.")


def picture(chat: int, html: str = "<b>What the work is for</b>: leaning") -> Parcel:
    return Parcel(Kind.PICTURE, chat, html, card=CARD)


async def test_a_picture_arrives_with_its_words_as_the_caption(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    outcome = await telegram.deliver(picture(ada.id))

    seen = await ada.hears("What the work is for: leaning")
    assert outcome == Delivered(seen.message_id)
    (call,) = await api.calls("sendPhoto")
    assert call["values"]["protect_content"] in (True, "true")
    assert api.violations == []


async def test_a_picture_that_cannot_be_drawn_is_told_in_words(
    api: BotApi, telegram: Telegram, ada: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(card: Card) -> bytes:
        raise RuntimeError("no paint left")

    monkeypatch.setattr(channel, "drawn", broken)
    await telegram.deliver(picture(ada.id))

    await ada.hears("What the work is for: leaning")
    assert await api.calls("sendPhoto") == []


async def test_words_too_long_for_a_caption_go_without_a_picture(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    await telegram.deliver(picture(ada.id, "word " * 300))

    assert await api.calls("sendPhoto") == []
    assert len(await api.calls("sendMessage")) == 1


def test_a_picture_comes_back_from_the_outbox_as_it_was() -> None:
    parcel = picture(1)

    assert from_body(parcel.kind.value, as_body(parcel)) == parcel


def test_a_picture_is_not_sent_again_in_doubt() -> None:
    assert not Kind.PICTURE.repeats
    assert Kind.QUESTION.repeats
