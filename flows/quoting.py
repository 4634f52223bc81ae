"""A person's own words, quoted back to them."""

from __future__ import annotations

from flows.engine.say import Fact

SHORT = 140
"""Characters that still read as one detail."""


def in_short(answer: Fact) -> Fact:
    """Return an answer as a list shows it: long words end in dots, the whole stays where it is kept."""
    if not isinstance(answer, str) or len(answer) <= SHORT:
        return answer
    return f"{answer[:SHORT].rstrip()}\u2026"
