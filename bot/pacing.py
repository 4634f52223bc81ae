"""How fast Telegram takes messages: about 30 a second in all, about one a second into one chat (telegram.md).

Pure arithmetic (GCRA): each rate is one number, the moment from which the next message is on time.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass
class Rate:
    """`per_second` messages on average, `burst` of them at once after a silence. 0 means no limit."""

    per_second: float
    burst: int = 1
    on_time: float = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until the next message may go."""
        if self.per_second <= 0:
            return 0.0
        return max(0.0, self.on_time - (self.burst - 1) / self.per_second - now)

    def spend(self, now: float) -> None:
        """Count one message."""
        if self.per_second > 0:
            self.on_time = max(self.on_time, now) + 1 / self.per_second

    def idle(self, now: float) -> bool:
        """Return whether it has been quiet so long that nothing needs to be remembered."""
        return self.on_time <= now


@dataclass
class Pace:
    """The rates of one bot and of each of its chats. Remembers only chats that are not idle."""

    bot: Rate
    chat_per_second: float
    chat_burst: int
    halted_until: float = 0.0
    _chats: OrderedDict[int, Rate] = field(default_factory=OrderedDict)

    def wait_of_chat(self, chat: int, now: float) -> float:
        """Return the seconds until the next message may go into this chat, whatever the bot's rate says."""
        rate = self._chats.get(chat)
        return max(self.halt_left(now), rate.wait(now) if rate else 0.0)

    def wait_of_bot(self, now: float) -> float:
        """Return the seconds until the bot may send anything, whatever a chat's rate says."""
        return max(self.halt_left(now), self.bot.wait(now))

    def wait(self, chat: int, now: float) -> float:
        """Return the seconds until a message to this chat may go."""
        return max(self.wait_of_chat(chat, now), self.bot.wait(now))

    def spend(self, chat: int, now: float) -> None:
        """Count one message to this chat."""
        rate = self._chats.pop(chat, None) or Rate(self.chat_per_second, self.chat_burst)
        rate.spend(now)
        self._chats[chat] = rate
        self.bot.spend(now)
        while self._chats and next(iter(self._chats.values())).idle(now):
            self._chats.popitem(last=False)

    def halt(self, seconds: float, now: float) -> None:
        """Let nothing go to anybody for a while: the messenger said so."""
        self.halted_until = max(self.halted_until, now + seconds)

    def halt_left(self, now: float) -> float:
        """Return the seconds until the messenger takes anything again."""
        return max(0.0, self.halted_until - now)
