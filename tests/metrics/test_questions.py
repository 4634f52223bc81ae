"""Figures of questions: told when they tell of nobody alone, and of known questions only."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest

import flows.safety
from bot.authors import Passage, What
from bot.metrics.names import QUESTIONS, WHATS
from bot.metrics.questions import PEOPLE, Questions
from bot.storage import Overtaken, ParcelRow, Transaction
from flows.shelf import FLOWS
from tests.delivery.given import wrote
from tests.metrics.given import CROWD, Counted, number_in

SHOWN = {"flow": "sketch", "question": "O2", "what": "shown"}
ANSWERED = {**SHOWN, "what": "answered"}
TIMES = {"flow": "sketch", "question": "O2"}
SAFETY = Path(flows.safety.__file__).parent


def told(*passages: Passage) -> str:
    registry, questions = CollectorRegistry(), Questions()
    registry.register(questions)
    questions.count(passages)
    return generate_latest(registry).decode()


def by(people: Iterable[int], what: What = "shown", seconds: int | None = None) -> list[Passage]:
    return [Passage(who, "sketch", "O2", what, seconds) for who in people]


def test_four_people_are_not_told_of_however_often_they_come() -> None:
    assert number_in(told(*by([1, 2, 3, 4] * 10)), "tare_questions_total", **SHOWN) == 0


def test_with_the_fifth_person_all_of_it_is_told() -> None:
    assert number_in(told(*by([1, 2, 3, 4, 1, 5, 1])), "tare_questions_total", **SHOWN) == 7


def test_each_figure_waits_for_people_of_its_own() -> None:
    text = told(*by(range(5)), *by(range(4), "answered", 30))

    assert number_in(text, "tare_questions_total", **SHOWN) == 5
    assert number_in(text, "tare_questions_total", **ANSWERED) == 0
    assert "tare_answer_seconds_bucket" not in text


def test_who_they_are_is_forgotten_once_they_are_enough() -> None:
    questions = Questions()
    questions.count(by(range(1000, 1000 + PEOPLE)))

    assert questions._figures[("sketch", "O2", "shown")].people is None


def test_seconds_fall_into_buckets_that_hold_all_the_faster_ones() -> None:
    text = told(
        *(
            each
            for who, seconds in enumerate([5, 6, 60, 61, 700_000])
            for each in by([who], "answered", seconds)
        )
    )
    ends = {"5.0": 1, "15.0": 2, "60.0": 3, "300.0": 4, "604800.0": 4, "+Inf": 5}

    for end, number in ends.items():
        assert number_in(text, "tare_answer_seconds_bucket", **TIMES, le=end) == number
    assert number_in(text, "tare_answer_seconds_count", **TIMES) == 5
    assert number_in(text, "tare_answer_seconds_sum", **TIMES) == 700_132


def test_a_name_that_no_flow_of_this_release_has_is_not_counted() -> None:
    text = told(*(Passage(who, "sketch", "kanarienvogel", "shown") for who in range(9)))

    assert "kanarienvogel" not in text


def test_there_are_as_many_series_as_the_page_says() -> None:
    questions = sum(len(flow.questions) for flow in FLOWS.values())
    at_first = told().count("\ntare_")
    everything = [
        Passage(who, flow, question, what, 1)
        for flow in QUESTIONS
        for question in QUESTIONS[flow]
        for what in WHATS
        for who in range(5)
    ]

    assert at_first == 4 * questions
    assert told(*everything).count("\ntare_") == 4 * questions + 10 * questions


def test_no_question_of_a_crisis_has_a_figure() -> None:
    """Its steps are no flow; should one ever be made in there, this says that it has to be left out."""
    safety = {file: ast.parse(file.read_text("utf-8")) for file in SAFETY.rglob("*.py")}
    made = [
        file.name
        for file, tree in safety.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Flow"
    ]

    assert len(safety) > 10
    assert made == []
    assert [name for name in QUESTIONS if "crisis" in name or "sos" in name] == []


async def test_what_a_crowd_did_is_counted_once_it_is_committed(counted: Counted) -> None:
    await counted.begin(*CROWD)

    shown = {"flow": "onboarding", "question": "consent", "what": "shown"}
    assert counted.number("tare_questions_total", **shown) == 5
    assert counted.number("tare_questions_total", **{**shown, "what": "answered"}) == 5
    assert counted.number("tare_questions_total", **{**shown, "what": "skipped"}) == 0
    first = {"flow": "sketch", "question": "O1"}
    assert counted.number("tare_questions_total", **first, what="shown") == 5
    assert counted.number("tare_questions_total", **first, what="answered") == 0


async def test_an_event_that_comes_again_is_counted_once(counted: Counted) -> None:
    await counted.begin(*CROWD)
    skips = [wrote("skip", chat, key=f"skip:{chat}") for chat in CROWD]
    for _ in range(3):
        await counted.take(*skips)

    skipped = {"flow": "sketch", "question": "O1", "what": "skipped"}
    assert counted.number("tare_questions_total", **skipped) == 5


async def test_what_is_not_committed_is_not_counted(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    await counted.begin(*CROWD)
    kept = Transaction.put
    overtaken = iter([True, True, False])

    async def put(self: Transaction, parcels: Sequence[ParcelRow]) -> None:
        if next(overtaken):
            raise Overtaken("somebody was faster")
        await kept(self, parcels)

    monkeypatch.setattr(Transaction, "put", put)
    await counted.take(*(wrote("skip", chat) for chat in CROWD))

    assert counted.number("tare_questions_total", flow="sketch", question="O1", what="skipped") == 5
