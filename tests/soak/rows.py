"""The rows of the matrix: how updates come, which database there is, and how many processes share it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One way of running the bot. `processes` holds what stands behind `serve`, for each."""

    name: str
    pushed: bool
    on_postgres: bool
    processes: tuple[tuple[str, ...], ...]


ROWS = (
    Row("polling-sqlite", pushed=False, on_postgres=False, processes=((),)),
    Row("polling-postgres", pushed=False, on_postgres=True, processes=((), ("--no-poll",), ("--no-poll",))),
    Row("webhook-sqlite", pushed=True, on_postgres=False, processes=((),)),
    Row("webhook-postgres", pushed=True, on_postgres=True, processes=((), (), ())),
)

BY_NAME = {row.name: row for row in ROWS}
