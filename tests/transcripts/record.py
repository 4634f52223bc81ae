"""Writes transcripts anew after a wanted change: `python -m tests.transcripts.record [NAME ...]`.

Read the difference before it is kept. For a new transcript write the `me>` lines alone.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Collection

from tests.transcripts.playing import replayed, transcripts


async def record(names: Collection[str]) -> None:
    """Write the named transcripts as they go now, or all; tell which are different."""
    for file in transcripts():
        if names and file.stem not in names:
            continue
        written = file.read_text("utf-8")
        now = await replayed(written)
        if now != written:
            file.write_text(now, "utf-8")
            print(file.name)


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:]))
