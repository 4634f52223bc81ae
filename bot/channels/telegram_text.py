"""How long a text is for Telegram, and how to part one that is too long."""

from __future__ import annotations

import re
from html import unescape

LONGEST = 4096
"""UTF-16 units in one message, counted after the tags are gone."""

LONGEST_CAPTION = 1024
"""UTF-16 units in the words under a picture."""

LONGEST_NOTICE = 200
"""UTF-16 units in the words that answer a tap."""


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def plain(html: str) -> str:
    """Return the words of a message without its tags."""
    return unescape(re.sub(r"</?[a-z][^<>]*>", "", html))


def fits(html: str) -> bool:
    """Return whether a message is short enough for one bubble."""
    return units(plain(html)) <= LONGEST


def cut(text: str, most: int) -> str:
    """Return the beginning of a text that is at most so many units long."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def pieces(text: str, most: int = LONGEST) -> list[str]:
    """Part a text where it hurts least: between paragraphs, lines, words, and else anywhere."""
    found: list[str] = []
    while units(text) > most:
        head = cut(text, most)
        end = next((at for gap in ("\n\n", "\n", " ") if (at := head.rfind(gap)) > 0), len(head))
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*found, text] if text or not found else found
