"""The fixed first answer to somebody who asks for help (safety.md C4). Nothing here is worded by a program.

Short messages, one thing in each, no lecture, no talk of work. Never another country's number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flows.engine.say import Fact, Label, Say
from flows.reply import buttons
from flows.safety.helplines import Contacts, CountryLines, Helpline, lines_for

Helplines = Mapping[str, CountryLines]
"""The lines of each country, by ISO 3166 alpha-2 code."""


def first_answer(table: Helplines, country: str | None, language: str) -> tuple[Say, ...]:
    """Return the messages, with at most three contacts of the person's country."""
    contacts = lines_for(country, table, language=language)
    return (
        Say("sos.glad", apart=True),
        Say("sos.program", apart=True),
        lines_said(contacts),
        emergency_said(contacts.emergency),
        with_you(),
    )


def with_you() -> Say:
    """Ask for somebody near, with a message to them at hand; no number stands for it: a scale may be open."""
    (draft,) = buttons("sos.with_you", ("draft", "crisis:ways.draft"))
    return Say("sos.with_you", {}, (replace(draft, key=""),), apart=True)


def lines_said(contacts: Contacts) -> Say:
    """Return the lines as one message, or where to find one."""
    lines = tuple(line_said(each) for each in contacts.lines)
    return Say("sos.lines", {"lines": lines}, apart=True) if lines else Say("sos.finder", apart=True)


def youth_line() -> tuple[Say, ...]:
    """Return where somebody under 18 can turn to. Their country is not known, because nothing was asked."""
    return (Say("sos.youth_finder"),)


def emergency_said(number: str) -> Say:
    """Return whom to call in danger; without a number of the country, how to find it."""
    if number:
        return Say("sos.emergency", {"number": number}, apart=True)
    return Say("sos.emergency_unknown", apart=True)


def line_said(helpline: Helpline) -> Say:
    """Return one line with all its ways and its hours."""
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
