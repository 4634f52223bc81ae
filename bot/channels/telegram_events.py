"""From Telegram's updates to our words: the only place that knows how an update looks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import Message

from bot.arrivals import Arrival, Departure, Seen
from flows.engine.heard import Commanded, Corrected, Heard, Sent, Tapped, Wrote

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates we ask for. Telegram remembers the last answer, so it is given every time."""

THINGS = (
    *("voice", "video_note", "audio", "photo", "live_photo", "video", "animation", "sticker", "document"),
    *("venue", "location", "contact", "poll", "dice", "game", "story", "paid_media", "checklist", "invoice"),
)
"""What people send instead of words, by the name of its field; the first one found says what it is."""

SERVICE = {
    *("pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed"),
    *("connected_website", "users_shared", "chat_shared", "web_app_data", "proximity_alert_triggered"),
    *("successful_payment", "refunded_payment", "gift", "unique_gift", "gift_upgrade_sent"),
    *("checklist_tasks_done", "checklist_tasks_added", "managed_bot_created"),
}
"""What Telegram itself writes into a private chat: nobody said anything."""

NOT_AS_DESCRIBED = (LookupError, TypeError, ValueError, AttributeError)
"""What reading an update raises that is not as the Bot API describes it."""


@dataclass(frozen=True, slots=True)
class GroupNotice:
    """The coach was called in a group, where it does not talk."""

    chat: int
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Unparsed:
    """An update that cannot be read. `shape` tells its fields and their types, and no value."""

    key: str
    shape: str


Event = Arrival | Departure | GroupNotice


@dataclass(slots=True)
class Batch:
    """What one look for updates brought, oldest first. `next` confirms them all once they are committed."""

    events: list[Arrival | Departure] = field(default_factory=list)
    groups: list[GroupNotice] = field(default_factory=list)
    unparsed: list[Unparsed] = field(default_factory=list)
    next: int | None = None


def batch_of(updates: Sequence[Any], bot_id: int) -> Batch:
    """Sort out what came. An update that cannot be read is put aside and stands in nobody's way."""
    batch = Batch()
    for update in updates:
        number = update.get("update_id") if isinstance(update, dict) else None
        if isinstance(number, int):
            batch.next = max(batch.next or 0, number + 1)
        try:
            _sort_in(batch, event_of(update, bot_id))
        except NOT_AS_DESCRIBED:
            batch.unparsed.append(Unparsed(_key(bot_id, number), str(shape_of(update))))
    return batch


def _sort_in(batch: Batch, event: Event | None) -> None:
    if isinstance(event, GroupNotice):
        batch.groups.append(event)
    elif event is not None:
        batch.events.append(event)


def event_of(update: Mapping[str, Any], bot_id: int) -> Event | None:
    """Return what an update means to us, None when nothing.

    Raises one of `NOT_AS_DESCRIBED` for what the Bot API never sends.
    """
    key = _key(bot_id, _number(update, "update_id"))
    if "message" in update:
        return _message(key, update["message"])
    if "edited_message" in update:
        return _edited(key, update["edited_message"])
    if "callback_query" in update:
        return _tapped(key, update["callback_query"])
    if "my_chat_member" in update:
        return _membership(key, update["my_chat_member"])
    return None


def _message(key: str, message: Mapping[str, Any]) -> Event | None:
    if not _is_private(message):
        return GroupNotice(_number(message["chat"], "id"), _locale(message.get("from", {})))
    heard = _heard(message)
    return None if heard is None else _arrival(key, message, heard)


def _heard(message: Mapping[str, Any]) -> Heard | None:
    if "text" in message:
        return _command(message) or Wrote(_text(message, "text"), _number(message, "message_id"))
    thing = next((name for name in THINGS if name in message), None)
    if thing is None and SERVICE & message.keys():
        return None
    return Sent(thing or "other")


def _command(message: Mapping[str, Any]) -> Commanded | None:
    """A command is what Telegram marked as one at the very beginning; "/cmd@bot" names the bot too."""
    text = _text(message, "text")
    for entity in message.get("entities", ()):
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            end = _number(entity, "length")
            return Commanded(text[1:end].partition("@")[0].lower(), text[end:].strip())
    return None


def _edited(key: str, message: Mapping[str, Any]) -> Event | None:
    """A correction. Commands in edits never run: whoever mends an old message does not mean it again."""
    if not _is_private(message) or "text" not in message or _command(message):
        return None
    return _arrival(key, message, Corrected(_text(message, "text"), _number(message, "message_id")))


def _tapped(key: str, query: Mapping[str, Any]) -> Event | None:
    message = query.get("message")
    if "data" not in query or (message and not _is_private(message)):
        return None
    person = query["from"]
    return Arrival(
        key=key,
        address=_address(person),
        chat=_number(person, "id"),  # a private chat has the number of its person
        heard=Tapped(_text(query, "data")),
        locale=_locale(person),
        tap=_text(query, "id"),
        seen=Seen(_number(message, "message_id"), html_of(message)) if message else None,
    )


def html_of(message: Mapping[str, Any]) -> str | None:
    """Return the words of a message with their tags; None when it is out of reach (date 0) or has none."""
    if not message.get("date"):
        return None
    wanted = ("message_id", "date", "chat", "text", "entities")
    try:
        return Message.de_json({name: message[name] for name in wanted if name in message}, None).text_html
    except NOT_AS_DESCRIBED:
        return None


def _membership(key: str, change: Mapping[str, Any]) -> Event | None:
    status = _text(change["new_chat_member"], "status")
    if not _is_private(change):
        there = status in ("member", "administrator")
        return GroupNotice(_number(change["chat"], "id"), _locale(change["from"])) if there else None
    if status not in ("member", "kicked"):
        return None
    reachable = status == "member"
    return Departure(key, _address(change["from"]), reachable, "" if reachable else "blocked")


def _arrival(key: str, message: Mapping[str, Any], heard: Heard) -> Arrival:
    person = message["from"]
    return Arrival(key, _address(person), _number(message["chat"], "id"), heard, _locale(person))


def _is_private(about: Mapping[str, Any]) -> bool:
    return bool(about["chat"]["type"] == "private")


def _address(person: Mapping[str, Any]) -> str:
    return f"telegram:{_number(person, 'id')}"


def _locale(person: Mapping[str, Any]) -> str:
    return str(person.get("language_code", ""))


def _key(bot_id: int, number: object) -> str:
    return f"telegram:{bot_id}:{number}"


def _number(fields: Mapping[str, Any], name: str) -> int:
    value = fields[name]
    if not isinstance(value, int):
        raise TypeError(f"{name} is no number")
    return value


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value


def shape_of(value: object) -> object:
    """Return the names of fields and the types of values, down to the bottom, without any value."""
    if isinstance(value, dict):
        return {str(name): shape_of(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape_of(inner) for inner in value]
    return type(value).__name__
