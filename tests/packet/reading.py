"""What a reader of a PDF can find in it: the words on its pages, and every byte behind them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pypdfium2
from PIL.Image import Image

from bot.packets import Packet, Section

DAY = date(2026, 11, 21)


def a_packet(*lines: str, locale: str = "en", **changes: Any) -> Packet:
    """A packet of one section with these lines."""
    given: dict[str, Any] = {
        "title": "What makes work heavy",
        "subtitle": "From a conversation",
        "sections": (Section("What it looks like", lines or ("It leans towards the purpose.",)),),
        "foot": "A reflection aid.",
        "missing": "Dots stand for letters.",
        "locale": locale,
        "day": DAY,
    }
    return Packet(**{**given, **changes})


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()


def pages_of(content: bytes) -> list[str]:
    """The words of each page, in one line."""
    with _opened(content) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def words_of(content: bytes) -> str:
    return " ".join(pages_of(content))


def described(content: bytes) -> dict[str, str]:
    """What the file says of itself."""
    with _opened(content) as document:
        return {name: value for name, value in document.get_metadata_dict().items() if value}


def looks(content: bytes, page: int = 0) -> Image:
    """A page as a picture, two dots a point."""
    with _opened(content) as document:
        image: Image = document[page].render(scale=2).to_pil().convert("L")
        return image


def everything_in(content: bytes) -> bytes:
    """The file with all its streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"\n".join(map(_unpacked, streams))


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream
