"""What an author can get wrong, each with the sentence that helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest

from bot.catalogue import load_catalogues
from flows.engine.checking import check
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Guard, Reflect
from flows.engine.questions import Choice, FreeText, MultiChoice, Place, Question, Scale
from flows.shelf import FLOWS
from tests.engine.given import CHECKIN, LABELS, heaviness_jumped

CATALOGUES = load_catalogues()
PROMPTS = {
    *(f"checkin.{state}" for state in CHECKIN.questions),
    *(f"checkin.{state}.{part}" for state in CHECKIN.questions for part in ("short", "why")),
    "checkin.heaviness.heavy",
}


def mistakes(flow: Flow, labels: Mapping[str, Mapping[str, str]] = LABELS) -> list[str]:
    return check(flow, PROMPTS, labels)


def with_ways(*ways: Go) -> Flow:
    """The check-in with these transitions out of the states that they leave, instead of its own."""
    left = {go.source for go in ways}
    return replace(CHECKIN, transitions=(*(go for go in CHECKIN.transitions if go.source not in left), *ways))


def with_question(state: str, question: Question) -> Flow:
    return replace(CHECKIN, questions={**CHECKIN.questions, state: question})


def renamed(state: str, name: str) -> Flow:
    """The check-in with one state called something else, everywhere."""

    def new(old: str) -> str:
        return name if old == state else old

    return replace(
        CHECKIN,
        questions={new(old): question for old, question in CHECKIN.questions.items()},
        transitions=tuple(Go(new(go.source), new(go.target), go.when) for go in CHECKIN.transitions),
        reflections=(),
    )


def labelled(prompt: str, **options: str) -> dict[str, dict[str, str]]:
    """The labels of the check-in with those of one question replaced; None of a code removes it."""
    there = {**LABELS[prompt], **options}
    return {**LABELS, prompt: {code: label for code, label in there.items() if label}}


@pytest.mark.parametrize("locale", CATALOGUES)
@pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))
def test_every_flow_is_without_mistakes_in_every_locale(locale: str, flow: Flow) -> None:
    catalogue = CATALOGUES[locale]

    assert check(flow, catalogue.templates, catalogue.labels) == []


def test_a_sound_flow_has_no_mistakes() -> None:
    assert mistakes(CHECKIN) == []


def test_a_start_without_question() -> None:
    assert mistakes(replace(CHECKIN, start="mood")) == [
        "flow checkin, state mood: is the start but has no question; add it or start elsewhere"
    ]


def test_a_transition_to_nowhere() -> None:
    assert mistakes(with_ways(Go("note", "mood"))) == [
        "flow checkin, state mood: named by a transition but has no question; add one or mend the name"
    ]


def test_a_reflection_on_nothing() -> None:
    assert mistakes(replace(CHECKIN, reflections=(Reflect("mood", "low"),))) == [
        "flow checkin, state mood: has a reflection but no question; add one or mend the name"
    ]


def test_a_dependency_on_nothing() -> None:
    assert mistakes(with_question("note", FreeText(80, depends_on=("mood",)))) == [
        "flow checkin, state note: depends on mood, which has no question; mend the name"
    ]


def test_a_question_called_like_the_end() -> None:
    assert "flow checkin, state done: is the end and cannot be a question; give it another name" in mistakes(
        with_question(DONE, FreeText())
    )


def test_a_way_on_from_the_end() -> None:
    assert mistakes(with_ways(Go(DONE, "note"))) == [
        "flow checkin, state done: is the end, but a transition leads on to note; remove it"
    ]


def test_a_dead_end() -> None:
    flow = replace(CHECKIN, transitions=tuple(go for go in CHECKIN.transitions if go.source != "note"))

    assert mistakes(flow) == [
        "flow checkin, state note: is a dead end; add a transition out of it, to done if it is the last"
    ]


def test_guards_without_a_last_resort() -> None:
    assert mistakes(with_ways(Go("note", DONE, when=heaviness_jumped))) == [
        "flow checkin, state note: every transition has a guard; let the last one have none"
    ]


def test_a_transition_that_is_never_taken() -> None:
    assert mistakes(with_ways(Go("note", DONE), Go("note", "sleep"))) == [
        "flow checkin, state note: a transition without guard is not the last; move it to the end"
    ]


@pytest.mark.parametrize("guard", [lambda conversation: conversation.done, partial(heaviness_jumped)])
def test_a_guard_without_a_name(guard: Guard) -> None:
    assert mistakes(with_ways(Go("note", "sleep", when=guard), Go("note", DONE))) == [
        "flow checkin, state note: a guard has no name; make it a function whose name is a statement"
    ]


def test_a_state_that_cannot_be_reached() -> None:
    flow = with_ways(Go("heaviness", "sleep"))

    assert mistakes(flow) == [
        "flow checkin, state what_changed: cannot be reached from heaviness; "
        "add a transition to it or remove it"
    ]


def test_a_loop_with_no_exit() -> None:
    found = mistakes(with_ways(Go("note", "sleep")))

    assert "flow checkin, state note: is in a loop with no exit; add a transition that leads to done" in found
    assert len(found) == len(CHECKIN.questions)


def test_a_name_that_does_not_survive_in_a_token() -> None:
    assert "flow checkin, state my:note: is no name; use letters, digits and _, a letter first" in mistakes(
        renamed("note", "my:note")
    )


def test_a_question_without_options() -> None:
    labels = {prompt: there for prompt, there in LABELS.items() if prompt != "checkin.what_changed"}

    assert mistakes(with_question("what_changed", Choice()), labels) == [
        "flow checkin, state what_changed: has no options; add some"
    ]


def test_a_scale_that_goes_backwards() -> None:
    assert mistakes(with_question("heaviness", Scale(10, 0))) == [
        "flow checkin, state heaviness: goes from 10 to 0; put the lower end first"
    ]


def test_an_option_that_is_there_twice() -> None:
    assert mistakes(with_question("sleep", MultiChoice("no", "nights", "worry", "baby", "no"))) == [
        "flow checkin, state sleep: has option no twice; remove one"
    ]


def test_an_exclusive_option_that_is_none() -> None:
    question = MultiChoice("no", "nights", "worry", "baby", alone=("none",))

    assert mistakes(with_question("sleep", question)) == [
        "flow checkin, state sleep: lets none stand alone, which is no option; mend the code"
    ]


def test_an_option_of_a_list_that_begins_like_a_mark() -> None:
    labels = labelled("checkin.sleep", **{"+no": "Nothing", "no": ""})

    assert mistakes(with_question("sleep", MultiChoice("+no", "nights", "worry", "baby")), labels) == [
        "flow checkin, state sleep: option +no begins like a mark on a list; let it begin with a letter"
    ]


def test_an_option_that_is_no_code() -> None:
    labels = labelled("checkin.sleep", **{"a b": "Nothing", "no": ""})

    assert mistakes(with_question("sleep", MultiChoice("a b", "nights", "worry", "baby")), labels) == [
        "flow checkin, state sleep: option 'a b' is no code; use up to 32 of A-Z a-z 0-9 _ + / -"
    ]


def instead_of_the_note(name: str, question: Question, *codes: str) -> list[str]:
    """What is wrong with the check-in when this question stands where its note was."""
    flow = renamed("note", name)
    prompts = {*PROMPTS, *(f"checkin.{name}{part}" for part in ("", ".short", ".why"))}
    labels = {**LABELS, f"checkin.{name}": {code: code for code in codes}}
    return check(replace(flow, questions={**flow.questions, name: question}), prompts, labels)


def test_an_option_whose_button_is_too_long() -> None:
    name, long = "a_name_of_28_letters_or_more", "x" * 32

    assert instead_of_the_note(name, Choice("short"), "short") == []
    assert instead_of_the_note(name, Choice(long), long) == [
        f"flow checkin, state {name}: option {long!r} makes a button of over 64 bytes; shorten it"
    ]


def test_a_name_that_leaves_no_room_for_a_zone() -> None:
    name = "where_is_it_that_you_are"

    assert instead_of_the_note("where_is_it", Place("zone")) == []
    assert instead_of_the_note(name, Place("zone")) == [
        f"flow checkin, state {name}: its name makes a button of over 64 bytes; shorten it"
    ]


@pytest.mark.parametrize(
    "prompt", ["checkin.note", "checkin.note.short", "checkin.note.why", "checkin.heaviness.heavy"]
)
def test_a_missing_prompt(prompt: str) -> None:
    state = prompt.split(".")[1]

    assert check(CHECKIN, PROMPTS - {prompt}, LABELS) == [
        f"flow checkin, state {state}: the prompt {prompt} is missing; write it in every locale"
    ]


def test_a_question_that_is_not_explained_needs_no_reason() -> None:
    flow = with_question("note", FreeText(80, explained=False))

    assert check(flow, PROMPTS - {"checkin.note.why"}, LABELS) == []


def test_an_option_without_label() -> None:
    assert mistakes(CHECKIN, labelled("checkin.sleep", baby="")) == [
        "flow checkin, state sleep: option baby has no label; write one in every locale"
    ]


def test_a_label_without_option() -> None:
    assert mistakes(CHECKIN, labelled("checkin.sleep", dog="A dog")) == [
        "flow checkin, state sleep: label dog belongs to no option; remove it or mend the code"
    ]


@pytest.mark.parametrize("twin", ["bad nights", "Bad  nights.", "Bád nights"])
def test_options_that_a_typed_answer_cannot_tell_apart(twin: str) -> None:
    assert mistakes(CHECKIN, labelled("checkin.sleep", baby=twin)) == [
        "flow checkin, state sleep: options nights and baby read the same; word them apart"
    ]


def test_an_option_that_reads_like_a_button_beside_it() -> None:
    labels = {
        **labelled("checkin.sleep", baby="Skip"),
        "engine.asides": {"skip": "Skip", "skipped": "Bad nights"},
    }

    assert mistakes(CHECKIN, labels) == [
        "flow checkin, state sleep: option baby reads like the button that says Skip; word it apart"
    ]


def test_a_broken_table_still_tells_what_is_missing_in_the_prompts() -> None:
    found = check(with_ways(Go("note", "mood")), PROMPTS - {"checkin.note.why"}, LABELS)

    assert len(found) == 2


def test_every_sentence_names_the_flow_the_state_and_a_remedy() -> None:
    broken = replace(
        CHECKIN,
        start="mood",
        questions={**CHECKIN.questions, "my note": Scale(3, 3), DONE: MultiChoice(alone=("x",))},
    )
    found = check(broken, (), {})

    assert len(found) > 10
    for sentence in found:
        assert sentence.startswith("flow checkin, state ")
        assert sentence.partition("; ")[2]


def test_a_checked_flow_always_leads_somewhere() -> None:
    for flow in FLOWS.values():
        for state in flow.questions:
            nobody = Conversation(flow.name, flow.version, "c0ffee", state)
            assert flow.next_state(nobody, state) in {*flow.questions, DONE}
