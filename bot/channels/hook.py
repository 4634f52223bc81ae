"""Where Telegram pushes updates to, instead of being asked for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

MOST_AT_ONCE = 100
"""Updates that Telegram may push at the same time: its most, because all of them go into one commit."""


@dataclass(frozen=True, slots=True)
class Hook:
    """An address as Telegram sees it, and the secret by which we know that it is Telegram who writes."""

    url: str
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """The part of the address that reaches us: what stands in front of us passes it on as it is."""
        return urlsplit(self.url).path or "/"
