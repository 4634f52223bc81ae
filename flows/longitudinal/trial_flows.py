"""The questions around a trial: planning one, looking at it on the way, and ending it (A3 X1 to X5, A9)."""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.guards import about, says
from flows.engine.conversation import DONE, Conversation
from flows.engine.days import DayOf
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice, FreeText, MultiChoice, Scale
from flows.engine.say import Fact, Label, Say

KINDS = ("load", "support", "people", "fix", "purpose", "role", "skill", "pay", "employer", "newrole")
"""What can be tried: the rows of the table of trials (A7). Rest is planned as a break."""

SHARES = ("0", "25", "50", "75", "100")
"""How much of a trial was kept, in percent; people see words."""

MEANWHILE = ("none", "holiday", "illness", "other", "life")
"""What else changed: a second change at work, or something in life."""


def kind_of(conversation: Conversation) -> str:
    """Return the kind of trial that the conversation is about, "" before it was named."""
    value = conversation.value("kind")
    return value if isinstance(value, str) else conversation.about.get("kind", "")


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts of all three may use; what was skipped is ""."""
    del question
    kind = kind_of(conversation)
    fits = conversation.about.get("fits", "").split()
    return {
        "kind": Label("trial.kind", kind) if kind else "",
        "fair": Say(f"trial.fair.{_dose_name(conversation, kind)}") if kind else "",
        "fits": tuple(Label("trial.kind", fit) for fit in fits),
        "cue": _words(conversation, "cue"),
        "act": _words(conversation, "act"),
        "what": _words(conversation, "what"),
        "now": conversation.about.get("now", ""),
        "week": conversation.about.get("week", ""),
        "early": conversation.about.get("early", ""),
    }


def _dose_name(conversation: Conversation, kind: str) -> str:
    slow = kind == "load" and conversation.about.get("severe") == "yes"
    return "load_severe" if slow else kind


def _words(conversation: Conversation, name: str) -> str:
    value = conversation.value(name)
    return value if isinstance(value, str) else conversation.about.get(name, "")


def there_is_a_plan(conversation: Conversation) -> bool:
    """Both halves of the if-then sentence were given."""
    return bool(_words(conversation, "cue") and _words(conversation, "act"))


def nothing_was_chosen(conversation: Conversation) -> bool:
    return conversation.value("kind") is None


def no_cue_was_given(conversation: Conversation) -> bool:
    return not _words(conversation, "cue")


def planning_steps(conversation: Conversation) -> tuple[str, ...]:
    """Return the questions of planning, as far as can be told by now."""
    answered = conversation.answers
    if "cue" in answered and no_cue_was_given(conversation):
        return ("kind", "what", "cue", *_LAST_STEPS)
    said = () if "act" in answered and not there_is_a_plan(conversation) else ("said",)
    return ("kind", "what", "cue", "act", *said, *_LAST_STEPS)


_LAST_STEPS = ("start", "expect", "by")


TRIAL = Flow(
    name="trial",
    version=1,
    start="kind",
    questions={
        "kind": Choice(*KINDS),
        "what": FreeText(300, depends_on=("kind",)),
        "cue": FreeText(200),
        "act": FreeText(200),
        "said": Choice("stands", skippable=False, explained=False, depends_on=("cue", "act")),
        "start": DayOf("today", "tomorrow", "monday"),
        "expect": Scale(0, 10),
        "by": Choice("1", "2", "4", "8", "unsure"),
    },
    transitions=(
        Go("kind", DONE, when=nothing_was_chosen),
        Go("kind", "what"),
        Go("what", "cue"),
        Go("cue", "start", when=no_cue_was_given),
        Go("cue", "act"),
        Go("act", "said", when=there_is_a_plan),
        Go("act", "start"),
        Go("said", "start"),
        Go("start", "expect"),
        Go("expect", "by"),
        Go("by", DONE),
    ),
    steps=planning_steps,
    facts=facts,
)

TRIAL_CHECK = Flow(
    name="trial_check",
    version=1,
    start="kept",
    questions={
        "kept": Choice(*SHARES),
        "meanwhile": MultiChoice(*MEANWHILE, alone=("none",)),
        "line": FreeText(500),
    },
    transitions=(Go("kept", "meanwhile"), Go("meanwhile", "line"), Go("line", DONE)),
    facts=facts,
)

TRIAL_END = Flow(
    name="trial_end",
    version=1,
    start="kept",
    questions={
        "kept": Choice(*SHARES),
        "meanwhile": MultiChoice(*MEANWHILE, alone=("none",)),
        "helped": Choice("lot", "little", "none"),
        "lasts": Choice("held", "back", depends_on=("helped",)),
        "lesson": FreeText(500),
    },
    transitions=(
        Go("kept", "meanwhile"),
        Go("meanwhile", "helped", when=about("weeks", "no")),
        Go("meanwhile", "lesson"),
        Go("helped", "lasts", when=says("helped", "lot", "little")),
        Go("helped", "lesson"),
        Go("lasts", "lesson"),
        Go("lesson", DONE),
    ),
    facts=facts,
)
