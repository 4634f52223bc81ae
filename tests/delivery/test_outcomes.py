"""What follows from a fate, by the kind of message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.outcomes import EDITS_TRIED, PATIENCE, settled
from bot.parcels import Failed, Kind
from tests.delivery.given import NOW, ready


@pytest.mark.parametrize(
    ("kind", "most"), [(Kind.CHOSEN, EDITS_TRIED), (Kind.KEYBOARD, EDITS_TRIED), (Kind.QUESTION, PATIENCE)]
)
def test_a_change_of_a_message_is_let_be_long_before_a_question_is_given_up(kind: Kind, most: int) -> None:
    row = replace(ready(1, 0), kind=kind)

    tried = [
        settled(replace(row, attempts=before), Failed("server error"), NOW).due_at for before in range(most)
    ]

    assert [due is not None for due in tried] == [True] * (most - 1) + [False]


def test_a_change_that_is_let_be_leaves_no_dead_letter() -> None:
    row = replace(ready(1, 0), kind=Kind.KEYBOARD, attempts=EDITS_TRIED - 1)

    assert settled(row, Failed("server error"), NOW).refused == ""
