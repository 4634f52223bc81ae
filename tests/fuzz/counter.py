"""A counter over which messages go out: as strict as the Bot API, and it draws no pictures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any, cast

from telegram import Bot

from bot.channels.telegram_carrier import Carrier
from bot.parcels import Outcome, Parcel
from tests.servers.botapi.entities import formatted
from tests.servers.botapi.keyboards import inline_keyboard
from tests.servers.botapi.refusals import RefusedError
from tests.servers.botapi.schema import schema
from tests.servers.botapi.shapes import JsonObject

LONGEST = 4096


@dataclass
class StrictBot:
    """What the carrier calls. `violations` is what the Bot API would have refused, numbers are per chat."""

    violations: list[str] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    async def do_api_request(self, method: str, values: JsonObject) -> JsonObject:
        name = method.replace("_", "").lower()
        given = {name: value for name, value in values.items() if value is not None}
        try:
            self._check(name, given)
        except RefusedError as refused:
            self.violations.append(f"{name}: {refused}: {given!r:.900}")
        chat = given["chat_id"]
        if name == "sendmessage":
            self.numbers[chat] += 1
        return {"message_id": self.numbers[chat]}

    async def delete_messages(self, chat: int, messages: list[int]) -> bool:
        del chat, messages
        return True

    delete_message = delete_messages

    def _check(self, name: str, given: JsonObject) -> None:
        table = schema().methods[name]
        for each in {*table.required} - given.keys():
            self.violations.append(f"{name} lacks {each}")
        if markup := given.get("reply_markup"):
            problems = schema().problems(markup, ("InlineKeyboardMarkup",), "reply_markup")
            self.violations += [problem.text for problem in problems]
            inline_keyboard(markup, only_inline=True)
        if "text" in given:
            text = formatted(given["text"], given.get("parse_mode", ""), None)
            if not 0 < text.length <= LONGEST:
                self.violations.append(f"{name}: a text of {text.length} units")


class Counter:
    """A channel for the sender. `seen` holds what came into each chat, with its number."""

    def __init__(self) -> None:
        self.bot = StrictBot()
        self.seen: dict[int, list[tuple[int, Parcel]]] = defaultdict(list)
        self._carrier = Carrier(cast("Bot", self.bot))

    async def deliver(self, parcel: Parcel) -> Outcome:
        outcome = await self._carrier.deliver(replace(parcel, card=None, file=None))
        if not parcel.kind.edits:
            self.seen[parcel.chat].append((self.bot.numbers[parcel.chat], parcel))
        return outcome

    async def acknowledge(self, tap: str, words: str) -> None:
        """Taps are acknowledged elsewhere."""

    def said_to(self, chat: int) -> list[Any]:
        """Return what somebody has read, with its buttons."""
        return [(number, parcel.kind, parcel.html, parcel.rows) for number, parcel in self.seen[chat]]
