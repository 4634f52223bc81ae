"""What is recognised in answers and said at that place: in one or two sentences, and not to everybody."""

from __future__ import annotations

from collections import Counter

import pytest

from flows.engine.answers import Value
from tests.assessment.vignettes import VIGNETTES, Vignette
from tests.coach.given import PURPOSE, prompts, words
from tests.coach.personas import Persona, answers_of, at_the_end
from tests.coach.test_sketch import of_how_many

BASE: dict[str, Value] = {**PURPOSE, "game": "on", "apart": "on"}

OVERLOADED: dict[str, Value] = {"K2": 4, "CF1": 2}
MISCAST: dict[str, Value] = {"D1": 4, "CF5": 2}
MISTREATED: dict[str, Value] = {"E1": 4, "CF4": 1, "O5": "b", "e1": ("blame",)}
"""Answers that open the questions about the load, about the role, and about how people are treated."""

RECOGNISED = {
    "sketch": ("R3.again",),
    "inventory": (
        *("c5.no_easy_days", "e3.others", "K3.rest_works"),
        *("E2.honesty_costs", "V3.trade", "V4.better_is_worse", "D4.hollow", "v3.layers", "v4.shrug"),
        *("v4.company", "v4.craft", "v4.self", "v5.stuck", "v5.only_pay", "d2.drift", "d4.audience"),
    ),
    "battery": (
        *("CF8.entire", "T3.same_kind", "T4.same_kind", "T3.next_level", "T4.next_level"),
        *("T3.more_skill", "T4.more_skill", "L2.narrowed", "L2.fewer"),
    ),
}
"""Where a person may find themselves in the essays: the parts of prompts that say so."""


def said_to(someone: Persona) -> Counter[str]:
    """How often each reflection was said."""
    return Counter(prompt for reply in someone.chat.replies for prompt in prompts(reply))


def recognised(someone: Persona) -> list[str]:
    known = {f"{flow}.{part}" for flow, parts in RECOGNISED.items() for part in parts}
    return [prompt for prompt, count in said_to(someone).items() for _ in range(count) if prompt in known]


def ended(**answers: Value) -> Persona:
    return at_the_end({**BASE, **answers})


def tried(*kinds: str, **outcomes: Value) -> dict[str, Value]:
    """Answers of somebody who tried these; each helped for a while, unless told otherwise."""
    found: dict[str, Value] = {"T1": kinds}
    for slot in range(1, len(kinds) + 1):
        found |= {f"T2_{slot}": "full", f"T3_{slot}": "little", f"T4_{slot}": "back"}
    return {**found, **outcomes}


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        ({**OVERLOADED, "c5": "low"}, "inventory.c5.no_easy_days"),
        ({**MISTREATED, "e3": "yes"}, "inventory.e3.others"),
        ({"v4": "2"}, "inventory.v4.shrug"),
        ({"v4": "3"}, "inventory.v4.company"),
        ({"v4": "4"}, "inventory.v4.craft"),
        ({"v4": "5"}, "inventory.v4.self"),
        ({"V3": 3, "V4": 4}, "inventory.V3.trade"),
        ({"V3": 2, "V4": 4}, "inventory.V4.better_is_worse"),
        ({**OVERLOADED, "v1": "ads", "v3": "direct", "c1": "3"}, "inventory.v3.layers"),
        ({"v5": "onlypay"}, "inventory.v5.only_pay"),
        ({**MISCAST, "d4": "other"}, "inventory.d4.audience"),
        ({"D4": 4, "d4": "other"}, "inventory.D4.hollow"),
        ({"CF8": "entire"}, "battery.CF8.entire"),
        (tried("skill", T3_1="none"), "battery.T3.more_skill"),
        (tried("skill"), "battery.T4.more_skill"),
        (tried("load", "pay"), "battery.T4.next_level"),
        (tried("pay", T3_1="none"), "battery.T3.next_level"),
        ({"leads": "yes", "L1": 3, "L2": 4}, "battery.L2.narrowed"),
        ({"leads": "yes", "L1": 1, "L2": 4}, "battery.L2.fewer"),
    ],
)
def test_an_answer_that_shows_something_is_met_with_it(answers: dict[str, Value], part: str) -> None:
    someone = ended(**answers)

    assert said_to(someone)[part] == 1


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        ({"v4": "1"}, "inventory.v4.shrug"),
        ({"V3": 4, "V4": 4}, "inventory.V4.better_is_worse"),
        ({**OVERLOADED, "v1": "ads", "v3": "direct", "c1": "3", "v4": "2"}, "inventory.v4.shrug"),
        ({**MISCAST, "D4": 4, "d4": "other"}, "inventory.d4.audience"),
        (tried("skill", T4_1="held"), "battery.T4.more_skill"),
        (tried("skill", T3_1=None), "battery.T3.more_skill"),
        ({"leads": "yes", "L1": 4, "L2": 1}, "battery.L2.narrowed"),
    ],
)
def test_nothing_is_said_that_the_answers_do_not_show(answers: dict[str, Value], part: str) -> None:
    assert said_to(ended(**answers))[part] == 0


RESTED: dict[str, Value] = {"R3": "2w", **tried("load", "support")}


def of_one_kind(someone: Persona) -> int:
    said = said_to(someone)
    return said["battery.T3.same_kind"] + said["battery.T4.same_kind"]


def test_three_answers_to_plain_overload_that_all_wore_off_are_named_once() -> None:
    assert of_one_kind(ended(**RESTED)) == 1
    assert of_one_kind(ended(**{**RESTED, "T3_2": "none"})) == 1


@pytest.mark.parametrize(
    "different",
    [
        {"R3": "6w+"},
        {"R3": "nobreak"},
        {"T4_1": "held"},
        {"T4_2": "held"},
        {"T3_1": None},
        tried("load", "pay"),
    ],
)
def test_where_one_of_the_three_held_or_is_unknown_they_are_not_named(different: dict[str, Value]) -> None:
    assert of_one_kind(ended(**{**RESTED, **different})) == 0


@pytest.mark.parametrize(("since", "part"), [("gt2", "stuck"), ("6-24", "only_pay")])
def test_years_for_the_pay_alone_are_called_what_they_are(since: str, part: str) -> None:
    assert said_to(ended(O3=since, v5="onlypay"))[f"inventory.v5.{part}"] == 1


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)
def test_nobody_is_recognised_at_every_turn(vignette: Vignette) -> None:
    someone = at_the_end({**answers_of(vignette.facts), "leads": "yes", "L1": 4, "L2": 4})

    assert len(recognised(someone)) <= 6


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)
@pytest.mark.parametrize("leads", ["yes", "no", None])
def test_a_sitting_never_gets_longer_than_it_said(vignette: Vignette, leads: Value) -> None:
    someone = at_the_end({**answers_of(vignette.facts), "leads": leads, "L1": 1, "L2": 1})

    shown: dict[str, list[tuple[int, int]]] = {}
    for reply in someone.chat.replies:
        progress = of_how_many(reply)
        if progress and reply.says[-1].prompt.partition(".")[0] != "checks":
            shown.setdefault(reply.says[-1].prompt.partition(".")[0], []).append(progress)

    assert set(shown) == {"sketch", "inventory", "battery"}
    for steps in shown.values():
        totals = [total for _, total in steps]
        assert totals == sorted(totals, reverse=True)
        assert [number for number, _ in steps] == list(range(1, len(steps) + 1))
        assert len(steps) <= totals[-1]


@pytest.mark.parametrize("pointed", ["none", None])
def test_what_was_never_named_is_not_asked_how_close_it_is(pointed: Value) -> None:
    assert "v3" not in ended(v1=None, v2=pointed).questions()
    assert "v3" in ended(v1="the casino ads", v2=None).questions()


def test_an_objection_that_stayed_open_is_asked_for_in_full() -> None:
    def pointing(**answers: Value) -> str:
        someone = ended(**answers)
        asked = next(r for r in someone.chat.replies if r.says and r.says[-1].prompt == "inventory.v2")
        return words(asked)

    assert "point to it" in pointing(v1="the casino ads")
    assert "sits badly with you" in pointing(v1=None)
