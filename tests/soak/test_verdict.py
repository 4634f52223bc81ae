"""The judge of a play misses nothing: each rule is broken once, in a play that nobody played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.crash.aftermath import Aftermath, Ordeal, Witness
from tests.crash.serving import End
from tests.servers.botapi import Seen
from tests.soak.verdict import Verdict, judged
from tests.soak.weather import Outage
from tests.whole.kept import Kept

ADA = "Ada"
NOON = 1_700_000_000.0


def message(text: str, number: int, at: float) -> Seen:
    return Seen("text", text, NOON + at, 1, number)


ONE, TWO, THREE = message("One?", 1, 0.0), message("Two?", 2, 10.0), message("Three?", 3, 20.0)
TWO_AGAIN = message("Two?", 4, 12.0)


def after(*received: Seen, ends: Sequence[End] = ()) -> Aftermath:
    """What is there after a play with one person, who got these messages."""
    kept = Kept(answers={"O1": "yes"}, records=[("O1", "yes")], maps=1, parcels=len(received))
    witness = Witness(ADA, [("O1", "yes")], [*received], [*received], kept)
    return Aftermath([witness], [*ends], 3, 3, 0, 0, [], 1.0)


CALM = after(ONE, TWO, THREE)


def verdict(stormy: Aftermath, outages: Sequence[Outage] = (), doubts: int = 0) -> Verdict:
    return judged(Ordeal(CALM, stormy), outages, {ADA: doubts})


def killed(at: float) -> End:
    return End(NOON + at, "kill -9", killed=True)


def test_a_play_like_the_one_in_calm_breaks_no_rule() -> None:
    assert verdict(CALM).broken == []


@pytest.mark.parametrize("received", [(ONE, THREE), (ONE, THREE, TWO), (ONE, TWO), (ONE, TWO, THREE, ONE)])
def test_a_message_that_is_missing_or_in_another_place_is_seen(received: tuple[Seen, ...]) -> None:
    [broken] = verdict(after(*received)).broken
    assert broken.startswith(ADA)


def test_a_message_that_came_twice_for_no_reason_is_seen() -> None:
    judgement = verdict(after(ONE, TWO, TWO_AGAIN, THREE))

    assert judgement.broken == judgement.doubles.unexplained
    assert len(judgement.broken) == 1


@pytest.mark.parametrize("at", [0.5, 20.0])
def test_a_kill_at_another_time_is_no_reason(at: float) -> None:
    assert len(verdict(after(ONE, TWO, TWO_AGAIN, THREE, ends=[killed(at)])).broken) == 1


def test_a_stop_is_no_reason() -> None:
    stopped = End(NOON + 11.0, "stopped", killed=False)
    assert len(verdict(after(ONE, TWO, TWO_AGAIN, THREE, ends=[stopped])).broken) == 1


def test_one_kill_is_a_reason_for_one_copy_only() -> None:
    third = message("Two?", 5, 13.0)
    judgement = verdict(after(ONE, TWO, TWO_AGAIN, third, THREE, ends=[killed(11.0)]))

    assert judgement.doubles.broken_off == 1
    assert len(judgement.doubles.unexplained) == 1


def test_a_restart_of_the_database_and_a_doubt_are_reasons() -> None:
    twice = after(ONE, TWO, TWO_AGAIN, THREE)

    assert verdict(twice, outages=[Outage(NOON + 9.0, NOON + 11.0)]).doubles.broken_off == 1
    assert verdict(twice, doubts=1).doubles.doubted == 1


@pytest.mark.parametrize(
    "wrong",
    [{"taken": 2}, {"taken": 4}, {"waiting": 1}, {"letters": 1}, {"violations": ["sendMessage: too long"]}],
)
def test_what_was_lost_counted_twice_left_or_refused_is_seen(wrong: dict[str, Any]) -> None:
    assert len(verdict(replace(CALM, **wrong)).broken) == 1


@pytest.mark.parametrize(
    "wrong", [{"maps": 0}, {"maps": 2}, {"answers": {}}, {"records": []}, {"records": 2 * [("O1", "yes")]}]
)
def test_other_answers_or_another_number_of_maps_are_seen(wrong: dict[str, Any]) -> None:
    [ada] = CALM.witnesses
    kept = replace(ada.kept, **wrong)
    assert len(verdict(replace(CALM, witnesses=[replace(ada, kept=kept)])).broken) == 1


def test_an_answer_that_does_not_show_in_its_question_is_seen() -> None:
    [ada] = CALM.witnesses
    answered = replace(ada, chat=[replace(ONE, text="One?\n\nYes"), TWO, THREE])
    calm = replace(CALM, witnesses=[answered])

    assert len(judged(Ordeal(calm, CALM), (), {}).broken) == 1
