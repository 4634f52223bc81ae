"""The fixed first answer to somebody who asks for help (safety.md C4). Nothing here is worded by a program.

Short messages, one thing in each, no lecture, no talk of work. Never another country's number.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.engine.say import Fact, Label, Say
from flows.safety.helplines import CountryLines, Helpline, lines_for

Helplines = Mapping[str, CountryLines]
"""The lines of each country, by ISO 3166 alpha-2 code."""


def first_answer(table: Helplines, country: str | None, language: str) -> tuple[Say, ...]:
    """Return the messages, with at most three contacts of the person's country."""
    contacts = lines_for(country, table, language=language)
    lines = tuple(_line(each) for each in contacts.lines)
    return (
        Say("sos.glad", apart=True),
        Say("sos.program", apart=True),
        Say("sos.lines", {"lines": lines}, apart=True) if lines else Say("sos.finder", apart=True),
        _emergency(contacts.emergency),
        Say("sos.with_you", apart=True),
    )


def youth_line() -> tuple[Say, ...]:
    """Return where somebody under 18 can turn to. Their country is not known, because nothing was asked."""
    return (Say("sos.youth_finder"),)


def _emergency(number: str) -> Say:
    if number:
        return Say("sos.emergency", {"number": number}, apart=True)
    return Say("sos.emergency_unknown", apart=True)


def _line(helpline: Helpline) -> Say:
    ways = tuple(way for way in (helpline.display, helpline.text) if way)
    return Say("sos.line", {"name": helpline.name, "ways": ways, "hours": _hours(helpline.hours)})


def _hours(hours: str) -> Say | str:
    """Say when a line is open; where nobody knows, promise nothing."""
    if not hours or hours == "24/7":
        return Say("sos.always") if hours else ""
    days, _, times = hours.partition(" ")
    if days == "Mo-Su":
        return Say("sos.daily", {"times": times})
    first, _, last = days.partition("-")
    ends: dict[str, Fact] = {"first": Label("sos.days", first), "last": Label("sos.days", last)}
    return Say("sos.on_days", {**ends, "times": times})
