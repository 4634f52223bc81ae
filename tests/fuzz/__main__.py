"""`python -m tests.fuzz --updates 200000 --seed 7`: a long play, and what came of it."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.play import WrongError, played

EVERY = 10_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--updates", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--alone", type=int, default=5, help="people who are played once more, alone")
    parser.add_argument(
        "--listens", action="store_true", help="hear distress, as the coach does with its lists"
    )
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}", flush=True)
    began, told = time.monotonic(), [0]

    def tells(done: int) -> None:
        if done // EVERY > told[0]:
            told[0] = done // EVERY
            print(f"{done} updates, {done / (time.monotonic() - began):.0f} a second", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        play = played(
            Path(folder),
            wanted.updates,
            wanted.seed,
            people=wanted.people,
            alone=wanted.alone,
            listens=wanted.listens,
            tells=tells,
        )
        try:
            print(asyncio.run(play), f"in {time.monotonic() - began:.0f} s")
        except WrongError as wrong:
            print(wrong)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
