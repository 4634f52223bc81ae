"""Diagrams, drawn from the table that runs."""

from __future__ import annotations

import pytest

from flows.engine.drawing import draw
from flows.engine.flow import Flow
from flows.shelf import FLOWS
from tests.engine.given import CHECKIN


def test_a_diagram_shows_the_start_the_kinds_and_the_guards() -> None:
    assert draw(CHECKIN) == (
        "stateDiagram-v2\n"
        "  direction TB\n"
        "  [*] --> heaviness\n"
        '  state "heaviness (scale)" as heaviness\n'
        '  state "what_changed (choice)" as what_changed\n'
        '  state "sleep (multi_choice)" as sleep\n'
        '  state "note (free_text)" as note\n'
        "  heaviness --> what_changed: heaviness jumped\n"
        "  heaviness --> sleep\n"
        "  what_changed --> sleep\n"
        "  sleep --> note\n"
        "  note --> [*]\n"
    )


@pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))
def test_every_flow_is_drawn_with_one_arrow_for_each_transition(flow: Flow) -> None:
    lines = draw(flow).splitlines()

    assert sum(" --> " in line for line in lines) == len(flow.transitions) + 1
    assert sum(line.startswith("  state ") for line in lines) == len(flow.questions)
    assert not any("lambda" in line for line in lines)
