"""What Telegram takes: the same parser and lengths as the strict server of the tests has."""

from __future__ import annotations

from bot.rendering import Bubble
from tests.servers.botapi.entities import formatted

LONGEST = 4096
"""UTF-16 units of a message once it is parsed."""

LONGEST_TOKEN = 64
"""Bytes of what a button carries."""

WIDEST_ROW = 8
"""Buttons side by side that Telegram shows."""


def breaks(bubble: Bubble) -> list[str]:
    """Return what Telegram would refuse or cut; raises what its parser does for text that is no HTML."""
    parsed = formatted(bubble.html, "HTML", None)
    keys = [key for row in bubble.rows for key in row]
    found = {
        "no words": parsed.length == 0,
        f"{parsed.length} units": parsed.length > LONGEST,
        "an empty button": any(not key.words.strip() for key in keys),
        "a long token": any(len(key.token.encode()) > LONGEST_TOKEN for key in keys),
        "a token that is not ASCII": any(not key.token.isascii() for key in keys),
        "two buttons that do the same": len({key.token for key in keys}) < len(keys),
        "an empty or very wide row": any(not 0 < len(row) <= WIDEST_ROW for row in bubble.rows),
    }
    return [what for what, is_so in found.items() if is_so]
