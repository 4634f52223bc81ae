"""Whatever somebody answers in the sketch: no first map says more than it may, and none breaks."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from flows.assessment.explanations import Explanation
from flows.assessment.map import current_map
from flows.assessment.sketch import SKETCH
from flows.engine.answers import Answer, Value
from flows.engine.asking import shown
from flows.engine.conversation import DONE, Conversation
from flows.engine.questions import MultiChoice, Scale
from flows.engine.say import Fact, Say
from flows.person import Person
from tests.coach.given import HOUSE, NOW

HEADLINES = {
    *("map.hunch", "map.unclear", "map.light", "map.nothing_to_go_on"),
    *("map.nothing_lifts", "map.everything_lifts", "map.too_many"),
}
SURE_WORDS = re.compile(
    r"\b(clear(ly)?|certainly|well supported|definitely|proves?|cause|because of|diagnosed)\b", re.I
)


def answered(draw: st.DrawFn) -> dict[str, Value]:
    answers: dict[str, Value] = {}
    for name, question in SKETCH.questions.items():
        if isinstance(question, MultiChoice):
            answers[name] = draw(st.one_of(st.none(), st.just(("no",)), st.just(("sleep", "money"))))
        elif isinstance(question, Scale):
            answers[name] = draw(st.one_of(st.none(), st.integers(question.low, question.high)))
        elif question.labelled:
            answers[name] = draw(st.one_of(st.none(), st.sampled_from(question.labelled)))
        else:
            answers[name] = draw(st.one_of(st.none(), st.text(max_size=200)))
    return answers


@st.composite
def finished_sketches(draw: st.DrawFn) -> Conversation:
    """Sketches with any answers that the questions allow."""
    answers = {name: Answer(value, 0) for name, value in answered(draw).items()}
    situation = draw(st.sampled_from(["employed", "self", "leave", "between", "student", "carer", ""]))
    about = {"situation": situation} if situation else {}
    return Conversation(
        "sketch", SKETCH.version, "abc", DONE, answers=answers, trail=tuple(answers), about=about
    )


def mapped(sketch: Conversation) -> tuple[Say, ...]:
    """The map of somebody who has this sketch and nothing else."""
    return current_map(Person(seed=1, conversations={SKETCH.name: sketch}), HOUSE.coach.rule, NOW)


def every(fact: Fact | tuple[Say, ...]) -> list[Say]:
    """All messages inside of messages."""
    if isinstance(fact, tuple):
        return [say for one in fact for say in every(one)]
    if isinstance(fact, Say):
        return [fact, *(say for inner in fact.facts.values() for say in every(inner))]
    return []


@given(finished_sketches())
def test_no_map_says_more_than_a_first_hunch_whatever_was_answered(sketch: Conversation) -> None:
    says = mapped(sketch)
    spoken = "\n".join(HOUSE.voices["en"].bubble(say).html for say in says if say.prompt != "map.began")

    assert len(HEADLINES & {say.prompt for say in says}) == 1
    assert not SURE_WORDS.search(spoken.replace("not a diagnosis", ""))
    assert "%" not in spoken
    assert "point score" not in spoken


@given(finished_sketches())
def test_what_a_map_quotes_are_the_persons_own_answers(sketch: Conversation) -> None:
    quotes = [say for say in every(mapped(sketch)) if say.prompt.startswith("quotes.")]

    for quote in quotes:
        item = quote.prompt.removeprefix("quotes.")
        assert sketch.value(item) is not None
        assert quote.facts["answer"] == shown(SKETCH, item, sketch.value(item))


@given(finished_sketches())
def test_every_number_on_a_map_is_one_that_the_person_gave_or_counts_what_is_open(
    sketch: Conversation,
) -> None:
    says = [say for say in mapped(sketch) if say.prompt in ("map.evidence", "map.between")]
    spoken = "\n".join(str(HOUSE.voices["en"].text(say)) for say in says)

    given_numbers = {str(sketch.value(name)) for name in SKETCH.questions}
    assert set(re.findall(r"\d+", spoken)) <= {*given_numbers, "10", "6", "2", "1"}


@given(finished_sketches())
def test_every_map_ends_with_what_it_is_and_fits_into_its_bubbles(sketch: Conversation) -> None:
    says = mapped(sketch)

    assert says[-1].prompt == "map.next"
    for voice in HOUSE.voices.values():
        assert all(len(bubble.html) < 1200 for bubble in voice.bubbles(says))
    assert "reflection aid, not a diagnosis" in HOUSE.voices["en"].bubbles(says)[-1].html


NOT_OF_TWO = {"leave", "light", "OUT", *(f"own.{each}" for each in Explanation)}
"""What settles something else than which of two it is."""


@given(finished_sketches())
def test_two_different_explanations_are_weighed_and_an_observation_tells_them_apart(
    sketch: Conversation,
) -> None:
    says = mapped(sketch)
    open_ends = [say for say in says if say.prompt == "map.would_change"]
    between = [say for say in says if say.prompt == "map.between"]

    for say in open_ends:
        settles = say.facts["settles"]
        assert isinstance(settles, Say)
        observation = settles.prompt.removeprefix("map.settle.")
        assert observation in NOT_OF_TWO or len({Explanation(each) for each in observation.split("_")}) == 2
    for say in between:
        assert say.facts["first"] != say.facts["second"]
