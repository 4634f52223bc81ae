"""Parcels and updates, with everything that does not matter filled in."""

from __future__ import annotations

from typing import Any

from bot.channels.telegram_events import Event, event_of
from bot.parcels import Kind, Parcel
from bot.rendering import Key

BOT = 7_000_000_001
ADA = 5_000_000_001
GROUP = -1_002_000_000_001
NOON = 1_767_268_800

YES_NO = ((Key("Yes", "q:1:1:a:yes"), Key("No", "q:1:1:a:no")), (Key("Skip", "q:1:1:a:skip", "", True),))

Fields = dict[str, Any]


def line(chat: int, html: str = "Good evening.") -> Parcel:
    return Parcel(Kind.LINE, chat, html)


def question(chat: int, html: str = "Shall we?") -> Parcel:
    return Parcel(Kind.QUESTION, chat, html, YES_NO)


def chosen(chat: int, message: int | None, html: str = "Shall we?\n\nYes") -> Parcel:
    return Parcel(Kind.CHOSEN, chat, html, (), message)


def keyboard(chat: int, message: int | None, rows: tuple[tuple[Key, ...], ...] = ()) -> Parcel:
    return Parcel(Kind.KEYBOARD, chat, "", rows, message)


def user(**fields: Any) -> Fields:
    return {"id": ADA, "is_bot": False, "first_name": "Ada", "language_code": "de", **fields}


def private(**fields: Any) -> Fields:
    """A message of Ada's in her chat with the bot."""
    chat = {"id": ADA, "type": "private", "first_name": "Ada"}
    return {"message_id": 7, "date": NOON, "from": user(), "chat": chat, **fields}


def in_group(**fields: Any) -> Fields:
    return private(**{"chat": {"id": GROUP, "type": "supergroup", "title": "Work"}, **fields})


def marked(text: str, kind: str = "bot_command", length: int | None = None, offset: int = 0) -> Fields:
    """A text with one entity in it."""
    size = len(text.split(maxsplit=1)[0]) if length is None else length
    return {"text": text, "entities": [{"type": kind, "offset": offset, "length": size}]}


def tap(**fields: Any) -> Fields:
    return {
        "id": "77",
        "from": user(),
        "message": private(text="Shall we?"),
        "chat_instance": "1",
        "data": "q:1:1:a:yes",
        **fields,
    }


def membership(status: str, chat: Fields | None = None) -> Fields:
    about = chat or {"id": ADA, "type": "private", "first_name": "Ada"}
    bot = {"id": BOT, "is_bot": True, "first_name": "Tare"}
    return {
        "chat": about,
        "from": user(),
        "date": NOON,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": status},
    }


def heard_of(kind: str, content: Fields) -> Event | None:
    """What one update means."""
    return event_of({"update_id": 41, kind: content}, BOT)
