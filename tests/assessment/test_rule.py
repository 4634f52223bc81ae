"""A rule with mistakes is refused, and each is named with its place and a remedy."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rulebook import rule_table, rulebook
from flows.assessment.rule import Rule, RuleError


def changed(place: str, value: object = None) -> dict[str, Any]:
    """Return the table with a value put at a place, or taken from it when there is none."""
    table = copy.deepcopy(rule_table())
    *path, last = place.split(".")
    part: Any = table
    for key in path:
        part = part[key]
    if value is None:
        del part[last]
    else:
        part[last] = value
    return table


def complaints_of(table: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(RuleError) as refused:
        Rule.from_table(table)
    return refused.value.complaints


def test_the_rule_that_ships_is_version_1() -> None:
    assert rulebook().version == "1"


@pytest.mark.parametrize(
    ("place", "value", "remedy"),
    [
        ("version", None, "version: is missing; add it"),
        ("start.VAL", None, "start.VAL: is missing; add it"),
        ("start.LUCK", 1, "start.LUCK: is not part of the rule; remove it"),
        ("items.S.O5.a", {"CAPP": 1}, "items.S.O5.a.CAPP: there is no explanation 'CAPP'; use one of CAP"),
        ("items.S.O5.a.CAP", "much", "items.S.O5.a.CAP: 'much' is not a number; write a plain number"),
        ("items.S.O5.a.CAP", True, "items.S.O5.a.CAP: True is not a number"),
        ("items.S.O5.a.CAP", float("nan"), "items.S.O5.a.CAP: nan is not a number"),
        ("items.S.O5.a", None, "items.S.O5.a: is missing; add it"),
        ("items.S.O5.z", {}, "items.S.O5.z: there is no answer code of O5 'z'; use one of a, b, c"),
        ("items.M.c1", None, "items.c1: is missing; add it below its block"),
        ("items.M.c9", {}, "items.M.c9: there is no item 'c9'; use one of"),
        ("items.Q", {}, "items.Q: there is no block 'Q'; use one of S, P, I, M, C, H, E, R"),
        ("signs.points.K1", None, "signs.points.K1: is missing; add it"),
        ("signs.points.K9", {}, "signs.points.K9: there is no sign 'K9'"),
        ("signs.share", [1, 2], "signs.share: is not complete; write five numbers"),
        ("scales.P.O2", 3, "scales.P.O2: 3 is not a list of tables"),
        ("scales.P.O2", [{"from": 0, "to": 11, "points": {}}], "scales.P.O2: has a band 0 to 11; write"),
        ("caps.M", None, "caps.M: is missing; add it"),
        ("caps.M", [4, -3], "caps.M: [4, -3] is not a least and a most; write [least, most]"),
        ("caps.Q", [0, 1], "caps.Q: there is no block 'Q'"),
        ("caps.R.most", None, "caps.R.most: is missing; add it"),
        ("caps", None, "caps: is missing; add it"),
        ("fade", 3, "fade: is not a table; write it as [name]"),
        ("clip.by_trials", [[1]], "clip.by_trials[0]: [1] is not a least and a most"),
        ("what_ifs.items.IDN", ["CF9"], "what_ifs.items.IDN: there is no what-if 'CF9'"),
        ("what_ifs.steps", [{"lift": 0.1}], "what_ifs.steps[0].points: is missing; add it"),
        ("what_ifs.flat.weight", "half", "what_ifs.flat.weight: 'half' is not a number"),
        ("rest.2w.ord", None, "rest.2w.ord: is missing; add it"),
        ("rest.3w", {}, "rest.3w: there is no answer code of R3 '3w'"),
        ("trials.kinds.role", None, "trials.kinds.role: is missing; add it"),
        ("trials.kinds.role.own", "ROLE", "trials.kinds.role.own: there is no explanation 'ROLE'"),
        ("trials.kinds.role.won", {}, "trials.kinds.role.won: is not part of the rule"),
        ("trials.two_at_once", None, "trials.two_at_once: is missing; add it"),
        ("energy.d", None, "energy.d: is missing; add it"),
        ("outside.R3", ["gone"], "outside.R3: there is no answer code of R3 'gone'"),
        ("checks.high_sign", None, "checks.high_sign: is missing; add it"),
        ("picture.one_of", [{"Z": 2}], "picture.one_of[0].Z: there is no block 'Z'"),
        ("unclear.against_blocks", ["Z"], "unclear.against_blocks: there is no block 'Z'"),
        ("words.outside", "sure", "words.outside: there is no word 'sure'"),
        ("words.by_tier", ["hint"], "words.by_tier: is not complete"),
        ("tiers.coverage", None, "tiers.coverage: is missing; add it"),
        ("weights", {}, "weights: is not part of the rule; remove it or correct it"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_remedy(place: str, value: object, remedy: str) -> None:
    complaints = complaints_of(changed(place, value))

    assert [line for line in complaints if line.startswith(remedy)], complaints


def test_a_missing_part_is_complained_of_once() -> None:
    assert complaints_of(changed("checks")) == ("checks: is missing; add it",)


def test_all_mistakes_are_listed_together() -> None:
    table = changed("caps.M")
    table["start"]["VAL"] = "three"
    table["items"]["S"]["O5"]["a"] = {"CAPP": 1}

    assert len(complaints_of(table)) == 3


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_written_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    table: Any = copy.deepcopy(rule_table())
    part, key = table, data.draw(st.sampled_from(sorted(table)))
    while isinstance(part[key], dict) and part[key] and data.draw(st.integers(0, 3)):
        part, key = part[key], data.draw(st.sampled_from(sorted(part[key])))
    part[key] = data.draw(
        st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
        | st.lists(st.integers() | st.text(max_size=2) | st.lists(st.integers(), max_size=2), max_size=3)
        | st.dictionaries(st.text(max_size=3), st.none() | st.dictionaries(st.text(max_size=2), st.none()))
    )  # fmt: skip

    assert all(": " in line for line in refusals_of(table))


def refusals_of(table: dict[str, Any]) -> tuple[str, ...]:
    try:
        Rule.from_table(table)
    except RuleError as refused:
        return refused.complaints
    return ()
