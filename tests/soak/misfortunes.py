"""What can go wrong with one call to Telegram, as a table: how often, and whether it leaves a doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from tests.servers.botapi import Controls, Phone, Seen
from tests.servers.botapi.shapes import Json

SLOW = 1.0
"""Seconds for an answer that comes in time."""

TOO_SLOW = 4.5
"""Seconds for one that does not: a delivery is cut off after two thirds of the lease, which is 5 s here."""


@dataclass(frozen=True)
class Misfortune:
    """`doubt`: the bot cannot know that its message arrived. `lost`: it did not, and the bot cannot know."""

    kind: str
    method: str
    often: int = 1
    doubt: bool = False
    lost: bool = False
    how: Mapping[str, Json] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The kind, and where it matters which."""
        return f"{self.kind} {self.method}"

    @property
    def is_theirs(self) -> bool:
        """Whether it is set for one chat: what many set for all would pile up on a few."""
        return self.method.startswith(("send", "edit"))

    def fits(self, following: Seen) -> bool:
        """Whether it may meet this message. What has no buttons is not sent again in doubt: never lose it."""
        if self.method == "sendPhoto":
            return following.kind == "photo"
        return not self.lost or bool(following.buttons)

    async def strike(self, api: Controls, phone: Phone | None = None) -> None:
        """Set it for the next call."""
        await api.fail(self.kind, self.method, chat=phone if self.is_theirs else None, **self.how)


SENDING = (
    Misfortune("drop_before", "sendMessage", 3, doubt=True, lost=True),
    Misfortune("drop_after", "sendMessage", 3, doubt=True),
    Misfortune("garbage", "sendMessage", 2, doubt=True),
    Misfortune("stall", "sendMessage", 1, doubt=True, how={"seconds": TOO_SLOW}),
    Misfortune("stall", "sendMessage", 2, how={"seconds": SLOW}),
    Misfortune("latency", "sendMessage", 2, how={"seconds": SLOW}),
    Misfortune("http", "sendMessage", 2),
    Misfortune("http", "sendMessage", 1, doubt=True, how={"accepted": True, "code": 504}),
    Misfortune("drop_after", "sendPhoto", 2),
    Misfortune("http", "sendPhoto", 2),
    Misfortune("drop_before", "editMessageText"),
    Misfortune("drop_after", "editMessageText"),
    Misfortune("garbage", "editMessageText"),
    Misfortune("http", "editMessageText"),
    Misfortune("drop_after", "editMessageReplyMarkup"),
    Misfortune("http", "editMessageReplyMarkup"),
    Misfortune("drop_before", "answerCallbackQuery"),
    Misfortune("drop_after", "answerCallbackQuery"),
)

LOOKING = (
    Misfortune("drop_before", "getUpdates"),
    Misfortune("drop_after", "getUpdates"),
    Misfortune("garbage", "getUpdates"),
    Misfortune("http", "getUpdates"),
    Misfortune("latency", "getUpdates", how={"seconds": SLOW}),
)


def one_of(following: Seen, chance: Random) -> Misfortune:
    """Return something that may meet the next message."""
    possible = [each for each in SENDING if each.fits(following)]
    return chance.choices(possible, [each.often for each in possible])[0]
