"""The first sitting: who meets which questions, what is picked up, and how far along it is."""

from __future__ import annotations

from collections import Counter

import pytest

from flows.assessment.sketch import SCENARIOS, SHORT_TRACK, scenario_order
from flows.engine.answers import Value
from flows.reply import Reply
from tests.coach.given import PURPOSE, Chat, at_question, prompts, sketched, somebody, words


def met(**answers: Value) -> list[str]:
    """The questions that somebody with these answers meets, in order."""
    return list(sketched(**answers).sketch.trail)


def test_the_whole_sketch_is_o1_and_eighteen_questions() -> None:
    assert met()[0] == "O1"
    assert len(met()) == 19


def test_every_person_has_an_order_of_scenarios_of_their_own_and_keeps_it() -> None:
    orders = Counter(scenario_order(seed) for seed in range(24 * 100))

    assert len(orders) == 24
    assert set(orders.values()) == {100}
    assert [name for name in met() if name in SCENARIOS] == list(scenario_order(7))


def test_light_and_recent_is_offered_the_short_round() -> None:
    assert met(O2=3, O3="lt1", pace="short") == ["O1", "O2", "O3", "pace", *SHORT_TRACK[2:]]
    assert len(met(O2=3, O3="lt1", pace="full")) == 20
    assert "pace" not in met(O2=4, O3="lt1")
    assert "pace" not in met(O2=2, O3="1-6")
    assert "pace" not in met(O2=None, O3="lt1")


@pytest.mark.parametrize("baseline", [0, 1, 2, None])
def test_a_light_or_unknown_monday_leaves_the_scenarios_out(baseline: Value) -> None:
    assert not set(SCENARIOS) & set(met(CF0=baseline))


def test_a_monday_of_three_is_heavy_enough_for_them() -> None:
    assert set(SCENARIOS) <= set(met(CF0=3))


@pytest.mark.parametrize("answer", ["nobreak", None])
def test_without_a_break_nobody_is_asked_for_the_load_after_it(answer: Value) -> None:
    assert met(R3=answer)[-1] == "R3"


def of_how_many(reply: Reply) -> tuple[int, int] | None:
    foot = reply.says[-1].foot if reply.says else None
    return (int(str(foot.facts["number"])), int(str(foot.facts["total"]))) if foot else None


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"O2": 2, "O3": "lt1", "pace": "short"},
        {"O2": 2, "O3": "lt1", "pace": "full"},
        {"CF0": 1},
        {"R3": "nobreak"},
        {"CF0": 1, "R3": "nobreak"},
    ],
)
def test_the_progress_counts_up_and_ends_at_its_total(answers: dict[str, Value]) -> None:
    chat = sketched(**answers)

    shown = [progress for reply in chat.replies if (progress := of_how_many(reply))]
    numbers = [number for number, _ in shown]

    assert numbers == sorted(set(numbers))
    assert all(number <= total for number, total in shown)
    assert shown[0] == (1, 18)
    assert numbers[-1] >= shown[-1][1] - 1


PICKED_UP = {
    "O1": (("Too much of everything.", "kept"), (None, "")),
    "O2": ((10, "very_heavy"), (8, "very_heavy"), (7, ""), (2, "light"), (0, "light"), (None, "")),
    "O3": (("gt2", "long"), ("always", "always"), ("lt1", ""), (None, "")),
    "O4": (("events", "events"), ("daily", "daily"), ("most", ""), (None, "")),
    "O5": (("f", "no_idea"), ("a", "hunch"), ("e", "hunch"), (None, "")),
    "O7": ((("sleep",), "outside"), (("no",), ""), (("rather",), "outside"), (None, "")),
    "V1": ((3, "purpose"), (2, ""), (None, "")),
    "D1": ((4, "tasks"), (1, "")),
    "I1": ((3, "nameable"), (0, "")),
    "CF1": ((2, "lifts"), (5, ""), (7, "stays"), (6, "stays"), (10, ""), (None, "")),
    "CF2": ((0, "lifts"), (4, ""), (8, "stays"), (9, "")),
    "R3": (("days", "quickly"), ("never", "never"), ("2-6w", ""), ("nobreak", "")),
}
"""Answers (with a Monday of 7), and the part of the prompt that picks them up."""

MOVING: dict[str, Value] = {"CF1": 5, "CF2": 4, "CF4": 5, "CF5": 5}
"""With each change the Monday of 7 gets a little lighter: nothing that anybody would remark on."""


@pytest.mark.parametrize(
    ("question", "value", "part"),
    [(question, value, part) for question, rows in PICKED_UP.items() for value, part in rows],
)
def test_an_answer_is_picked_up_where_it_deserves_it(question: str, value: Value, part: str) -> None:
    chat = at_question(question, **MOVING)

    said = prompts(chat.gives(value))

    assert (f"sketch.{question}.{part}" in said) == bool(part)
    assert len([prompt for prompt in said if prompt.startswith(f"sketch.{question}.")]) == bool(part)


def test_that_a_change_does_nothing_is_said_once() -> None:
    chat = sketched(CF1=7, CF2=7, CF4=7, CF5=7)

    said = [prompt for reply in chat.replies for prompt in prompts(reply) if prompt.endswith(".stays")]

    assert said == [f"sketch.{scenario_order(7)[0]}.stays"]


@pytest.mark.parametrize(("long", "part"), [("gt2", "again"), ("always", "again"), ("6-24", "quickly")])
def test_after_years_a_break_that_wore_off_is_no_fault_of_the_person(long: str, part: str) -> None:
    assert f"sketch.R3.{part}" in prompts(at_question("R3", O3=long).gives("2w"))


OWN = "Shifts & <nights> {{ own }}"
ESCAPED = "\u201cShifts &amp; &lt;nights&gt; {{ own }}\u201d"


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("situation", ["employed", "self", "leave", "between", "student", "carer"])
@pytest.mark.parametrize(("hunch", "changed"), [("a", "CF1"), ("b", "CF4"), ("c", "CF2"), ("d", "CF5")])
def test_their_own_words_stand_where_their_hunch_is_what_changes(
    hunch: str, changed: str, situation: str, locale: str
) -> None:
    chat = sketched(situation, O1=OWN, O5=hunch)

    asked = {each: words(reply, locale) for reply in chat.replies for each in SCENARIOS if opens(reply, each)}

    quoting = {each for each, spoken in asked.items() if ESCAPED.strip("\u201c\u201d") in spoken}
    assert set(asked) == set(SCENARIOS)
    assert quoting == {changed}


def opens(reply: Reply, question: str) -> bool:
    return bool(reply.says) and reply.says[-1].prompt == f"sketch.{question}"


@pytest.mark.parametrize(
    "answers",
    [{"O1": None}, {"O5": None}, {"O5": "e"}, {"O5": "f"}, {"O1": "x" * 81}, {"O1": "one\ntwo"}],
)
def test_without_a_short_word_and_a_hunch_of_theirs_nothing_is_quoted(answers: dict[str, Value]) -> None:
    chat = sketched(**answers)

    spoken = "".join(words(reply) for reply in chat.replies if any(opens(reply, each) for each in SCENARIOS))

    assert "You wrote" not in spoken
    assert "You wrote" in words(next(r for r in sketched().replies if opens(r, "CF2")))


def test_that_not_knowing_is_fine_is_said_of_the_first_question_that_stays_open() -> None:
    chat = at_question("O3")

    assert prompts(chat.says("no idea"))[0] == "engine.unsure"
    assert prompts(chat.says("no idea")) == ("sketch.O5",)
    assert chat.sketch.value("O4") is None


def test_heaviness_away_from_work_is_picked_up_with_the_list_of_what_goes_on() -> None:
    chat = at_question("O7", O6=3)

    assert "sketch.O7.outside" in prompts(chat.gives(("no",)))


@pytest.mark.parametrize(
    ("situation", "question", "own_words"),
    [
        ("self", "CF4", "every client"),
        ("self", "E1", "clients"),
        ("leave", "O2", "before your leave"),
        ("between", "O2", "in your last job"),
        ("student", "O2", "day of study"),
        ("carer", "CF1", "Same person"),
        ("employed", "CF4", "those in charge"),
    ],
)
def test_the_wording_fits_the_situation(situation: str, question: str, own_words: str) -> None:
    chat = somebody(situation)
    while chat.foreground.state != question:
        reply = chat.gives(PURPOSE[chat.foreground.state])

    assert own_words in words(reply)


def test_a_situation_that_was_left_open_is_asked_as_if_employed() -> None:
    chat = somebody(None)

    assert chat.sketch.about.get("situation") is None
    assert "about work" in words(chat.replies[-1])


def test_every_answer_is_remembered_as_it_is_stored() -> None:
    chat = sketched(O7=("sleep", "money"), V1=None)

    kept = {
        each.body["question"]: each.body["value"]
        for each in chat.remembered("answer")
        if each.body["flow"] == "sketch"
    }

    assert kept == {**PURPOSE, "O7": ["sleep", "money"], "V1": None}


def test_a_statement_is_introduced_once() -> None:
    chat = at_question("K2")
    introduced = words(chat.replies[-1])

    chat.gives(2)

    assert "short statements" in introduced
    assert "short statements" not in words(chat.replies[-1])


def test_the_short_round_announces_no_experiment() -> None:
    chat = somebody()
    light: dict[str, Value] = {**PURPOSE, "O2": 2, "O3": "lt1", "pace": "short"}
    while chat.foreground.state != "CF0":
        chat.gives(light[chat.foreground.state])

    assert "experiment" not in words(chat.replies[-1])
    assert "experiment" in words(at_question("CF0").replies[-1])


def test_chats_of_two_people_do_not_touch() -> None:
    one, other = Chat(), Chat()

    one.commands("start")

    assert other.person.conversations == {}
