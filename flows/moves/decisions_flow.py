"""The questions of /decide, and those that look back at a decision after 30 and 90 days (A9)."""

from __future__ import annotations

from collections.abc import Mapping

from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice, FreeText, MultiChoice, Scale
from flows.engine.say import Fact, Label, Say
from flows.moves.decisions_share import Share
from flows.moves.direction_things import thing_told
from flows.quoting import in_short

KINDS = ("offer", "promotion", "project", "should")
PAPER = ("pay_up", "pay_down", "title_up", "title_down", "neither")
"""What it is on paper: more or less pay, a higher or a lower title."""

LOCKS = ("income", "years", "name", "place", "promise", "nothing")
"""What it ties somebody to: a life that needs the pay, years of training, being the one for it, a place,
a promise or a contract (concept 82)."""

LATER, ANYWAY = "later", "anyway"


def this_is_a_bad_hour(conversation: Conversation) -> bool:
    return bool(conversation.about.get("hour"))


def it_is_left_for_later(conversation: Conversation) -> bool:
    return conversation.value("hour") == LATER


def name_of(conversation: Conversation) -> str:
    """Return what they call it, in short; "" when it has no name."""
    name = conversation.value("name")
    return str(in_short(name if isinstance(name, str) else conversation.about.get("name", "")))


def _facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    del question
    about = conversation.about
    hour = about.get("hour", "")
    return {
        "name": name_of(conversation),
        "why": Say(f"decide.because.{hour}") if hour else "",
        "logged": about.get("logged", ""),
        "top": tuple(thing_told(thing) for thing in about.get("top", "").split("\n") if thing),
    }


def deciding_steps(conversation: Conversation) -> tuple[str, ...]:
    """Return the questions a person is told about; that of the hour is none of them."""
    return () if conversation.state == "hour" else _STEPS


_STEPS = (
    *("name", "kind", "paper", "energy_now", "energy_then", "purpose_now", "purpose_then"),
    *("back", "locks", "year", "expects", "heavy"),
)

DECIDE = Flow(
    name="decide",
    version=1,
    start="name",
    questions={
        "name": FreeText(100),
        "kind": Choice(*KINDS),
        "hour": Choice(LATER, ANYWAY),
        "paper": MultiChoice(*PAPER, alone=("neither",), most=2),
        "energy_now": Share(),
        "energy_then": Share(),
        "purpose_now": Scale(0, 10),
        "purpose_then": Scale(0, 10),
        "back": Choice("easy", "costly", "hardly", "unsure"),
        "locks": MultiChoice(*LOCKS, alone=("nothing",)),
        "year": Choice("toward", "same", "away", "unsure"),
        "expects": FreeText(300),
        "heavy": Scale(0, 10),
    },
    transitions=(
        Go("name", "kind"),
        Go("kind", "hour", when=this_is_a_bad_hour),
        Go("kind", "paper"),
        Go("hour", DONE, when=it_is_left_for_later),
        Go("hour", "paper"),
        *(Go(one, other) for one, other in zip(_STEPS[2:], (*_STEPS[3:], DONE), strict=True)),
    ),
    steps=deciding_steps,
    facts=_facts,
)


def both_numbers_are_there(conversation: Conversation) -> bool:
    """What was expected as a number can be laid beside the number now."""
    return conversation.number("heavy") is not None and bool(conversation.about.get("expected"))


def it_was_done(conversation: Conversation) -> bool:
    return conversation.value("came") == "done"


def it_stayed_undecided(conversation: Conversation) -> bool:
    return conversation.value("came") == "undecided"


def _looking_facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    del question
    about = conversation.about
    return {
        "name": about.get("name", ""),
        "days": int(about.get("after", "30")),
        "expects": about.get("expects", ""),
        "kind": Label("decide.kind", about["kind"]) if about.get("kind") else "",
    }


DECISION_LOOK = Flow(
    name="decision_look",
    version=1,
    start="came",
    questions={
        "came": Choice("done", "not_done", "undecided"),
        "heavy": Scale(0, 10),
        "turned": Choice("much_better", "better", "as", "worse", "much_worse"),
        "line": FreeText(500),
    },
    transitions=(
        Go("came", "heavy", when=it_was_done),
        Go("came", DONE, when=it_stayed_undecided),
        Go("came", "line"),
        Go("heavy", "line", when=both_numbers_are_there),
        Go("heavy", "turned"),
        Go("turned", "line"),
        Go("line", DONE),
    ),
    facts=_looking_facts,
)
