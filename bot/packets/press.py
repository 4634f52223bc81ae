"""Files off the event loop: one at a time, on a thread of their own."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

from bot.packets.enclosed import MOST_BYTES, Enclosed, Made

log = logging.getLogger(__name__)

_PRESS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")
"""One thread: a second would only take turns with the first."""


async def made(file: Enclosed) -> Made:
    """Return the file. Nothing is stored: after a crash it is simply made again.

    The first one of a process also imports what makes it. One that cannot be made raises.
    """
    return await asyncio.get_running_loop().run_in_executor(_PRESS, _make, file)


async def made_or_none(file: Enclosed) -> Made | None:
    """Return the file; None for one that cannot be made, or is too large to be sent."""
    try:
        there = await made(file)
    except Exception as error:
        log.error("a file cannot be made: %s", type(error).__name__)
        return None
    if len(there.content) > MOST_BYTES:
        log.error("a file is too large to be sent: %d bytes", len(there.content))
        return None
    return there


def _make(file: Enclosed) -> Made:
    """Make it with the module of this kind of file, imported here: slow, and not on the event loop."""
    finished: Made = import_module(file.made_by).make(file)
    return finished
