"""What all baselines are told on the command line, and the loop that they run on."""

from __future__ import annotations

import argparse
import asyncio
from importlib.util import find_spec


def parser() -> argparse.ArgumentParser:
    """Return a parser that knows where the Bot API is."""
    known = argparse.ArgumentParser()
    known.add_argument("url", help="of the Bot API server")
    known.add_argument("token")
    known.add_argument("--uvloop", action="store_true", help="run on the same event loop as `tare serve`")
    return known


def use_loop(*, fast: bool) -> None:
    """Choose the event loop of everything that is started afterwards."""
    if fast and find_spec("uvloop"):
        import uvloop  # noqa: PLC0415 - it may be missing

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
