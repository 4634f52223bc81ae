"""Updates of a crowd: any kind that the Bot API knows, more often those that lead on in a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from bot.channels.telegram_text import plain
from bot.parcels import Parcel
from tests.fuzz import words
from tests.fuzz.walker import Walker
from tests.servers.botapi.schema import schema

Update = dict[str, Any]
Seen = tuple[int, Parcel]
"""A message with its number, as it came to somebody."""

FIRST = 1_000_001
KINDS = {"message": 46, "callback_query": 40, "edited_message": 5, "my_chat_member": 2}
"""Of a hundred updates; the rest is of all other kinds."""

ENVELOPE = ("message_id", "date", "chat", "from", "text", "entities")
LOCALES = ("en", "de", "de-AT", "pt-br", "ar", "", "x" * 40, "EN")


@dataclass
class Crowd:
    """So many people and what they have seen. The same seed, and the same answers, make the same updates."""

    people: int
    chance: Random
    seen: dict[int, list[Seen]] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.walker = Walker(schema(), self.chance)
        others = [kind for kind in schema().update_kinds() if kind not in KINDS]
        rest = (100 - sum(KINDS.values())) / len(others)
        self._kinds = {**KINDS, **dict.fromkeys(others, rest)}
        content = [each["name"] for each in schema().types["Message"]["fields"] if not each["required"]]
        self._content = [name for name in content if name not in ENVELOPE]

    def update(self, now: datetime) -> Update:
        """Return the next update."""
        [kind] = self.chance.choices([*self._kinds], [*self._kinds.values()])
        return {"update_id": next(self._numbers), kind: self._of_kind(kind, int(now.timestamp()))}

    def _of_kind(self, kind: str, at: int) -> Any:
        person = FIRST + self.chance.randrange(self.people)
        match kind:
            case "message" | "edited_message":
                return self._message(person, at)
            case "callback_query":
                return self._tap(person, at)
            case "my_chat_member":
                return self._membership(person, at)
        return self.walker.field("Update", kind)

    def _person(self, number: int) -> dict[str, Any]:
        user = self.walker.object("User", 2)
        return {**user, "id": number, "is_bot": False, "language_code": LOCALES[number % len(LOCALES)]}

    def _chat(self, person: int) -> dict[str, Any]:
        if self.chance.random() < 0.96:
            return {**self.walker.object("Chat", 2), "id": person, "type": "private"}
        kind = self.chance.choice(("group", "supergroup", "channel"))
        return {**self.walker.object("Chat", 2), "id": -self.chance.randint(1, 9), "type": kind}

    def _message(self, person: int, at: int) -> dict[str, Any]:
        message = {"message_id": self.chance.randint(1, 400), "date": at, "chat": self._chat(person)}
        message["from"] = self._person(person)
        kind = self.chance.random()
        if kind < 0.14:
            text = words.command(self.chance)
            end = words.units(text.split()[0]) if text.split() else 1
            entities = [{"type": "bot_command", "offset": 0, "length": end}]
            return {**message, "text": text, "entities": entities}
        if kind < 0.8:
            message["text"] = words.text(self.chance, self._labels(person))
            if self.chance.random() < 0.1:
                message["entities"] = [self.walker.object("MessageEntity", 2) for _ in range(3)]
            return message
        for name in self.chance.sample(self._content, self.chance.choice((1, 1, 2, 6))):
            message[name] = self.walker.field("Message", name)
        return message

    def _labels(self, person: int) -> list[str]:
        rows = self.seen[person][-1][1].rows if self.seen.get(person) else ()
        return [key.words for row in rows for key in row if key.words]

    def _tap(self, person: int, at: int) -> dict[str, Any]:
        number, parcel = self._shown(person)
        tap: dict[str, Any] = {
            "id": f"{person}{next(self._numbers)}",
            "from": self._person(person),
            "chat_instance": "1",
            "data": self._token(person, parcel),
        }
        if self.chance.random() < 0.03:
            del tap["data"]
            tap["game_short_name"] = "game"
        chat = {"id": person, "type": "private"}
        match self.chance.randrange(20):
            case 0:
                tap["inline_message_id"] = words.text(self.chance, [])
            case 1 | 2:
                tap["message"] = {"chat": chat, "message_id": number, "date": 0}
            case 3:
                text = words.text(self.chance, self._labels(person))
                tap["message"] = {"chat": chat, "message_id": number, "date": at, "text": text}
                tap["message"]["entities"] = [self._tag() for _ in range(3)]
            case _:
                text = words.fitting(plain(parcel.html) if parcel else "x")
                tap["message"] = {"chat": chat, "message_id": number, "date": at, "text": text}
        return tap

    def _tag(self) -> dict[str, Any]:
        """Return an entity of those that our messages have; where it begins and ends is anybody's guess."""
        kind = self.chance.choice(("bold", "italic", "code", "blockquote", "expandable_blockquote"))
        return {**self.walker.object("MessageEntity", 9), "type": kind}

    def _shown(self, person: int) -> tuple[int, Parcel | None]:
        """Return a message with buttons: mostly the last one, sometimes an older one, or none."""
        with_buttons = [each for each in self.seen.get(person, ())[-30:] if each[1].rows]
        if not with_buttons:
            return self.chance.randint(1, 400), None
        return with_buttons[-1] if self.chance.random() < 0.75 else self.chance.choice(with_buttons)

    def _token(self, person: int, parcel: Parcel | None) -> str:
        """Return the token of a button: of their own message, of somebody else's, forged, or none at all."""
        kind = self.chance.random()
        if kind > 0.88:
            others = self.seen.get(FIRST + self.chance.randrange(self.people), ())
            parcel = others[-1][1] if others else parcel
        own = [key.token for row in (parcel.rows if parcel else ()) for key in row]
        token = self.chance.choice(own) if own else words.fitting(words.text(self.chance, []))[:16]
        if kind < 0.1:
            at = self.chance.randrange(len(token) + 1)
            token = token[:at] + self.chance.choice(("", ":", "9", "~", "é", "\x00")) + token[at + 1 :]
        return token.encode()[:64].decode(errors="ignore") or "x"

    def _membership(self, person: int, at: int) -> dict[str, Any]:
        change = self.walker.object("ChatMemberUpdated", 2)
        return {**change, "chat": self._chat(person), "from": self._person(person), "date": at}


def person_in(update: Update) -> int | None:
    """Return whose private update it is, None when it is nobody's."""
    inner = next((value for name, value in update.items() if name != "update_id"), None)
    sender = inner.get("from") if isinstance(inner, dict) else None
    return sender["id"] if isinstance(sender, dict) else None


def of_person(updates: Sequence[Update], person: int) -> list[Update]:
    return [update for update in updates if person_in(update) == person]
