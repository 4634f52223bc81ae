"""How words stand in a sentence: the filters of the templates. What somebody wrote stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from markupsafe import Markup, escape


def lines(some: Iterable[object]) -> Markup:
    """Each on a line of its own."""
    return Markup("\n").join(escape(one) for one in some)


def bullets(some: Iterable[object]) -> Markup:
    """Each on a line of its own, behind a dot."""
    return Markup("\n").join(Markup("\u2022 ") + escape(one) for one in some)


def small(words: object) -> Markup:
    """Words as they stand inside a sentence: a label starts large, unless its second letter does too."""
    text = unmarked(words)
    stays = text[1:2].isupper() or text[:2] in ("I ", "I'", "I\u2019")
    return escape(text if stays else text[:1].lower() + text[1:])


def big(words: object) -> Markup:
    """Words as they begin a sentence."""
    return escape(capital(unmarked(words)))


def stopped(words: object) -> Markup:
    """Words that end a sentence: somebody may have ended it already, and two full stops look careless."""
    text = unmarked(words)
    ended = text.rstrip("\"'\u201d\u2019\u201c\u00bb)").endswith((".", "!", "?", "\u2026"))
    return escape(text if ended else f"{text}.")


def capital(text: str) -> str:
    """The same with a large first letter."""
    return text[:1].upper() + text[1:]


def unmarked(words: object) -> str:
    """The letters that stand for themselves, of what is HTML already."""
    return unescape(str(words)) if isinstance(words, Markup) else str(words)
