"""The weekly reflection: how heavy, what changed, one question, one small step (A3, A6 X14, A9).

About five minutes. W1 and W2 are always asked; from then on one tap ends it and keeps what there is. What
the week before was like, what leads the map and which question comes stand in `about` from the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.guards import about, named
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Guard, Reflect
from flows.engine.questions import Confirm, MultiChoice, Scale
from flows.engine.say import Fact, Label, Say
from flows.longitudinal.weekly_lines import ENOUGH, Line

CHANGES = ("holiday", "illness", "more", "less", "other", "nothing")
TRUE = ("patient", "curious", "open", "forced", "motions", "none")

A_JUMP = 3
"""From here on a workday differs so much from the one before that the reason is asked (A6, X14)."""


def is_enough(question: str) -> Guard:
    """Return the guard: here it was enough for today."""

    def says_enough(conversation: Conversation) -> bool:
        return conversation.value(question) in (ENOUGH, (ENOUGH,))

    return named(says_enough, f"{question}_is_enough")


def line(conversation: Conversation, question: str) -> str:
    """Return the words of an answer; "" when there are none."""
    value = conversation.value(question)
    return value if isinstance(value, str) and value != ENOUGH else ""


def before(conversation: Conversation) -> int | None:
    """Return how heavy a workday was in the week before."""
    told = conversation.about.get("before", "")
    return int(told) if told else None


def it_jumped_for_no_reason(conversation: Conversation) -> bool:
    """X14: a workday weighs 3 more or less than the week before, and nothing changed."""
    if conversation.about.get("jumped"):
        return True
    was, is_now = before(conversation), conversation.number("W1")
    if was is None or is_now is None or abs(is_now - was) < A_JUMP:
        return False
    return conversation.value("W3") in (None, ("nothing",))


there_is_a_lead = named(lambda conversation: bool(conversation.about.get("lead")), "there_is_a_lead")
was_harmed = about("harmed", "yes")
leads_others = about("leads", "yes")
usefulness_is_due = about("useful", "due")


def no_cue_was_given(conversation: Conversation) -> bool:
    return not line(conversation, "cue")


def something_follows(conversation: Conversation) -> bool:
    """There is a step to say back, and more to come before the end does."""
    there = line(conversation, "cue") and line(conversation, "act")
    return bool(there) and (leads_others(conversation) or usefulness_is_due(conversation))


def steps(conversation: Conversation) -> tuple[str, ...]:
    """Return the questions of this week, as far as can be told by now."""
    moved = ("moved",) if "W3" in conversation.answers and it_jumped_for_no_reason(conversation) else ()
    evidence = ("pro", *(() if was_harmed(conversation) else ("con",)))
    skipped = "cue" in conversation.answers and no_cue_was_given(conversation)
    return (
        *("W1", "W2", "W3"),
        *moved,
        *("W4", "prompt"),
        *(evidence if there_is_a_lead(conversation) else ()),
        *(("cue",) if skipped else ("cue", "act")),
        *(("others",) if leads_others(conversation) else ()),
        *(("useful",) if usefulness_is_due(conversation) else ()),
    )


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts of a week may use."""
    del question
    there = conversation.about
    name, lead = there.get("prompt", ""), there.get("lead", "")
    return {
        "question": Say(f"reflections.{name}") if name else "",
        "layer": Label("map.layers", lead) if lead else "",
        "before": before(conversation) or 0,
        "heaviness": conversation.number("W1") or 0,
        "cue": line(conversation, "cue"),
        "act": line(conversation, "act"),
    }


def _after_the_step(source: str) -> tuple[Go, ...]:
    return (
        Go(source, "others", when=leads_others),
        Go(source, "useful", when=usefulness_is_due),
        Go(source, DONE),
    )


WEEK = Flow(
    name="week",
    version=1,
    start="W1",
    questions={
        "W1": Scale(0, 10),
        "W2": Scale(0, 10),
        "W3": MultiChoice(*CHANGES, ENOUGH, alone=("nothing", ENOUGH)),
        "moved": Line(500),
        "W4": MultiChoice(*TRUE, ENOUGH, alone=("none", ENOUGH)),
        "prompt": Line(1200),
        "pro": Line(500),
        "con": Line(500),
        "cue": Line(200),
        "act": Line(200, depends_on=("cue",)),
        "others": Line(500),
        "useful": Confirm(),
    },
    transitions=(
        Go("W1", "W2"),
        Go("W2", "W3"),
        Go("W3", DONE, when=is_enough("W3")),
        Go("W3", "moved", when=it_jumped_for_no_reason),
        Go("W3", "W4"),
        Go("moved", DONE, when=is_enough("moved")),
        Go("moved", "W4"),
        Go("W4", DONE, when=is_enough("W4")),
        Go("W4", "prompt"),
        Go("prompt", DONE, when=is_enough("prompt")),
        Go("prompt", "pro", when=there_is_a_lead),
        Go("prompt", "cue"),
        Go("pro", DONE, when=is_enough("pro")),
        Go("pro", "cue", when=was_harmed),
        Go("pro", "con"),
        Go("con", DONE, when=is_enough("con")),
        Go("con", "cue"),
        Go("cue", DONE, when=is_enough("cue")),
        Go("cue", "act", when=named(lambda there: not no_cue_was_given(there), "a_cue_was_given")),
        *_after_the_step("cue"),
        Go("act", DONE, when=is_enough("act")),
        *_after_the_step("act"),
        Go("others", DONE, when=is_enough("others")),
        Go("others", "useful", when=usefulness_is_due),
        Go("others", DONE),
        Go("useful", DONE),
    ),
    reflections=(Reflect("act", "said_back", when=something_follows),),
    steps=steps,
    facts=facts,
)
