"""What was played, as a table, and what broke."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.soak.soaking import Soaked

HEAD = (
    *("row", "people", "seconds", "updates", "messages", "kills", "outages", "faults"),
    *("twice: kill", "twice: doubt", "twice: no reason", "broken"),
)


def cells(soaked: Soaked) -> tuple[str | int, ...]:
    """One line of the table."""
    after, verdict = soaked.after, soaked.verdict
    return (
        *(soaked.row.name, len(after.witnesses), round(after.seconds), after.updates, verdict.messages),
        *(len(after.kills), soaked.outages, soaked.faults),
        *(verdict.doubles.broken_off, verdict.doubles.doubted, len(verdict.doubles.unexplained)),
        len(verdict.broken),
    )


def table(rows: Sequence[Sequence[str | int]]) -> str:
    """Markdown, with a head."""
    lines = [HEAD, ["---"] + ["---:"] * (len(HEAD) - 1), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def told(met: Mapping[str, int]) -> str:
    """How often each thing happened."""
    return ", ".join(f"{name} {count}" for name, count in sorted(met.items()) if count)
