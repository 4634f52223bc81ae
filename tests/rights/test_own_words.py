"""Where a person's own words stand: all of them are known, and nothing else goes with them."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from flows import own_words
from flows.diary import Decision, Diary, Done, Looked, PlannedTrial, Week
from flows.person import Crisis, Held, Person
from flows.shelf import FLOWS
from tests.delivery.given import NOW

CANARY = "heron on the roof"
LONG_AGO = NOW - timedelta(days=200)


def test_every_answer_in_words_is_known_as_words() -> None:
    missed = [
        f"{flow.name}.{name}"
        for flow in FLOWS.values()
        for name, question in flow.questions.items()
        if question.kind == "free_text"
        and own_words.emptied_record("answer", {"flow": flow.name, "question": name, "value": CANARY}) is None
    ]

    assert missed == []


def test_no_word_is_left_in_a_diary_of_long_ago() -> None:
    """Every field that holds words is filled, whatever it is called; a new one has to be decided about."""
    entries = {
        "weeks": Week(LONG_AGO.date(), LONG_AGO),
        "trials": PlannedTrial(1, "rest", LONG_AGO.date(), LONG_AGO.date(), ended=LONG_AGO.date()),
        "moves_done": Done("small", LONG_AGO.date()),
        "decisions": Decision(1, LONG_AGO.date(), looks=(filled(Looked(30, LONG_AGO.date())),)),
    }
    written: dict[str, Any] = {name: (filled(each),) for name, each in entries.items()}
    diary = Diary(**written)

    left = own_words.without(Person(seed=1, diary=diary), NOW).diary

    found = {path for name in entries for path in canaries(getattr(left, name)[0], name)}
    assert found == CODES


CODES = {
    *("weeks.prompt", "weeks.lead", "trials.kind", "trials.outcome", "trials.move", "moves_done.move"),
    *("decisions.kind", "decisions.back", "decisions.year", "decisions.looks.came"),
}
"""What is a code, although its type is a text."""


def filled(entry: Any) -> Any:
    texts = {each.name: CANARY for each in fields(entry) if each.type in ("str", "Outcome")}
    return replace(entry, **texts)


def canaries(value: Any, path: str) -> list[str]:
    if is_dataclass(value):
        return [
            found
            for each in fields(value)
            for found in canaries(getattr(value, each.name), f"{path}.{each.name}")
        ]
    if isinstance(value, tuple):
        return [found for each in value for found in canaries(each, path)]
    return [path] if value == CANARY else []


def test_words_that_wait_for_a_yes_do_not_wait_for_ever() -> None:
    waiting = Person(seed=1, crisis=Crisis(held=Held(CANARY), plan=(CANARY,)), heard_at=LONG_AGO)

    assert own_words.oldest(waiting) == LONG_AGO.date()
    assert not own_words.waits(own_words.without(waiting, NOW))


def test_a_trial_that_runs_keeps_its_words() -> None:
    running = PlannedTrial(1, "rest", LONG_AGO.date(), LONG_AGO.date(), what="walks")

    person = own_words.without(Person(seed=1, diary=replace(Diary(), trials=(running,))), NOW)

    assert person.diary.trials[0].what == "walks"


@pytest.mark.parametrize("kind", own_words.RECORDS)
def test_no_word_is_left_in_a_record(kind: str) -> None:
    names = own_words.RECORDS[kind]
    body = {**dict.fromkeys(names, CANARY), "count": 3, "looks": [dict.fromkeys(names, CANARY)]}

    emptied = own_words.emptied_record(kind, body)

    assert emptied is not None
    assert CANARY not in json.dumps(emptied)
    assert emptied["count"] == 3
    assert own_words.emptied_record(kind, emptied) is None
