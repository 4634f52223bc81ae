"""Pictures off the event loop: one at a time, on a thread of their own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from bot.pictures.card import Drawable

if TYPE_CHECKING:
    from bot.pictures.map_card import Typefaces

_EASEL = ThreadPoolExecutor(max_workers=1, thread_name_prefix="studio")
"""One thread: matplotlib promises nothing for two, and a second would only take turns with the first."""


async def drawn(card: Drawable) -> bytes:
    """Return the card as a PNG of at most 200 KB.

    The first picture of a process also imports matplotlib, a second or two. Nothing is stored: after a crash
    it is simply drawn again. A card that cannot be drawn raises; what it says is to be said in words then.
    """
    return await asyncio.get_running_loop().run_in_executor(_EASEL, _draw, card)


def _draw(card: Drawable) -> bytes:
    """Draw with the module of this kind of card, imported here: slow, and not on the event loop."""
    picture: bytes = import_module(card.drawn_by).draw(card, _typefaces())
    return picture


@cache
def _typefaces() -> Typefaces:
    """Return the typefaces, read once; used on the studio's thread only."""
    from bot.pictures.map_card import Typefaces  # noqa: PLC0415 - slow to import, and not on the event loop

    return Typefaces()
