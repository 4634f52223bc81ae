"""The fake Bot API server, with somebody told what a bot does, and pushing to several doors in turn."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle

from tests.servers.botapi.calls import Call
from tests.servers.botapi.chats import Chat
from tests.servers.botapi.cloud import Cloud
from tests.servers.botapi.ledger import Ledger
from tests.servers.botapi.push_line import PushLine, Reply
from tests.servers.botapi.shapes import JsonObject
from tests.servers.botapi.updates import Update
from tests.servers.botapi.webhook import ANSWER_WITHIN, SECRET_HEADER, Webhook


def nothing(*_: object) -> None:
    """Take no notice."""


class Book(Ledger):
    """Counts calls, and tells of each."""

    told: Callable[[str, JsonObject], None] = staticmethod(nothing)

    def note_call(self, method: str, values: JsonObject, at: float) -> None:
        super().note_call(method, values, at)
        self.told(method, values)
        self.bell.ring()


class Doors(Webhook):
    """Pushes to several addresses, as a load balancer before several processes would."""

    def lead_to(self, urls: list[str]) -> None:
        """Use these instead of the address that the bot gives."""
        self.urls: Iterator[str] = cycle(urls)

    async def _push(self, update: Update) -> Reply:
        """On the line that was idle longest; new ones lead to each address in turn."""
        async with self._slots, asyncio.timeout(ANSWER_WITHIN):
            line = self._idle.pop(0) if self._idle else PushLine(next(self.urls))
            reply = await line.post(json.dumps(update.body).encode(), {SECRET_HEADER: self.secret})
            self._idle.append(line)
            return reply


class Theatre(Cloud):
    """A server that tells of every message the bot has sent."""

    told: Callable[[int, JsonObject], None] = staticmethod(nothing)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.book = Book(keeps_calls=False)
        self.ledger = self.book
        self.doors = Doors(self.updates, self.clock, self.book)
        self.webhook = self.doors

    @property
    def called(self) -> Counter[str]:
        """How often each method was called, looks for updates left out."""
        return Counter({name: count for name, count in self.book.called.items() if name != "getUpdates"})

    def send(self, call: Call, chat: Chat, content: JsonObject) -> JsonObject:
        message = super().send(call, chat, content)
        self.told(chat.id, message)
        return message
