"""The third sitting: the other counterfactuals, rest, and what has been tried (assessment.md A3, A5).

Nothing the sketch asked is asked again. What a person objected to (v1) and what annoys them (i1) stand in
`about`, in their own words, and come back in the scenarios; without them the plain wording is used.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.guards import about, at_least, both, named, says, ticks
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Guard, Reflect
from flows.engine.questions import Choice, Confirm, FreeText, MultiChoice, Question, Scale
from flows.engine.say import Fact, Label, Say

ATTEMPTS = ("load", "support", "pay", "skill", "people", "fix", "purpose", "role", "employer", "newrole")
"""What may have been tried (T1): the rows of the table of trials, rest excepted, which R1 to R4 cover."""

THINGS = ("CF3", "CF3b", "CF3c")
"""At most three things that stop, one scenario each; the lightest counts (BR4)."""

WORDS = {"CF3": "CF3_words", "CF3b": "CF3b_words", "CF3c": "CF3c_words"}
LEADING = ("L1", "L2")

SLOTS = (1, 2, 3)
"""Places for what was tried, in the order of `ATTEMPTS`."""

CAPACITY = ("load", "support")
"""What was tried against plain overload, beside rest (BR11)."""

CAME_BACK = ("days", "2w", "2-6w")
"""After a break it was soon as heavy as before (R3)."""

ABOUT_ATTEMPTS = {f"{item}_{slot}": slot - 1 for item in ("T2", "T3", "T4") for slot in SLOTS}
"""The questions about one attempt, and its place from 0."""


def monday_has_weight(conversation: Conversation) -> bool:
    """There is a baseline from the sketch, and enough of it to take something away (A5)."""
    return conversation.about.get("baseline", "") not in ("", "0", "1", "2")


def something_was_objected_to(conversation: Conversation) -> bool:
    """There are words of their own for CF3, and a Monday to try them on."""
    return monday_has_weight(conversation) and bool(conversation.about.get("objection"))


def purpose_and_role_lift_alike(conversation: Conversation) -> bool:
    """X3: which weight of the lightest thing ties them stands in `about`; `-` where no thing was asked."""
    weights = [number for name in THINGS if (number := conversation.number(name)) is not None]
    return str(min(weights, default="-")) in conversation.about.get("ties", "").split()


def has_tried(place: int) -> Guard:
    """Return the guard: that many things were marked as tried."""

    def tried_so_many(conversation: Conversation) -> bool:
        return len(attempts(conversation)) >= place

    return named(tried_so_many, f"at_least_{place}_tried")


def did_not_help(question: str) -> Guard:
    """Return the guard: it never got lighter, or that was skipped; then nothing can have lasted."""

    def never_helped(conversation: Conversation) -> bool:
        return question in conversation.answers and conversation.value(question) in (None, "none")

    return named(never_helped, f"{question}_did_not_help")


def came_to_nothing(conversation: Conversation, kind: str) -> bool:
    """Return whether this was tried and did not help, or not for long; not told is neither."""
    tried = attempts(conversation)
    if kind not in tried:
        return False
    slot = tried.index(kind) + 1
    return conversation.value(f"T3_{slot}") == "none" or conversation.value(f"T4_{slot}") in ("back", "worse")


def nothing_came_of(kind: str, question: str) -> Guard:
    """Return the guard: this question is about that kind of attempt, and it came to nothing."""

    def it_came_to_nothing(conversation: Conversation) -> bool:
        place, tried = ABOUT_ATTEMPTS[question], attempts(conversation)
        return tried[place : place + 1] == (kind,) and came_to_nothing(conversation, kind)

    return named(it_came_to_nothing, f"nothing_came_of_{kind}_in_{question}")


def nothing_held_against_overload(conversation: Conversation) -> bool:
    """BR11: rest, less load and support were tried, and none of them held."""
    rested = conversation.about.get("R3") in CAME_BACK
    return rested and all(came_to_nothing(conversation, kind) for kind in CAPACITY)


def attempts(conversation: Conversation) -> tuple[str, ...]:
    """Return the kinds of what was tried, in the order they are asked about; none for nothing."""
    tried = conversation.value("T1")
    return tuple(kind for kind in tried if kind != "none") if isinstance(tried, tuple) else ()


def thing(conversation: Conversation, scenario: str) -> str:
    """Return the words of one thing that stops: reworded ones, or those from the inventory."""
    words = conversation.value(WORDS[scenario])
    if isinstance(words, str):
        return words
    return conversation.about.get("objection", "") if scenario == "CF3" else ""


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts may use: the Monday as it is, and the person's own words, unaltered."""
    told: dict[str, Fact] = {
        "baseline": conversation.about.get("baseline", ""),
        "objection": conversation.about.get("objection", ""),
        "annoyances": conversation.about.get("annoyances", ""),
        **{name.lower(): thing(conversation, name) for name in THINGS},
    }
    tried = attempts(conversation)
    if question in ABOUT_ATTEMPTS and ABOUT_ATTEMPTS[question] < len(tried):
        kind = tried[ABOUT_ATTEMPTS[question]]
        told |= {"kind": Label("battery.T1", kind), "fair": Say(f"battery.fair.{kind}")}
    return told


def _met(conversation: Conversation) -> list[str]:
    """The questions this person may meet, as far as can be told by now: more than said is never asked."""
    met: list[str] = []
    if something_was_objected_to(conversation) and conversation.value("CF3_draft") != "no":
        met += ["CF3"]
    if monday_has_weight(conversation):
        met += ["CF6", "CF7"]
    met += ["CF8"]
    met += ["CF9"] if _is_open(conversation, "CF8") or conversation.value("CF8") == "else" else []
    met += ["F1"] if _may_tie(conversation) else []
    met += ["R1", "R2"] if conversation.about.get("break") == "yes" else []
    met += ["T1"]
    tried = len(SLOTS) if _is_open(conversation, "T1") else len(attempts(conversation))
    for slot in SLOTS[:tried]:
        met += [f"T2_{slot}", f"T3_{slot}"]
        met += [f"T4_{slot}"] if not did_not_help(f"T3_{slot}")(conversation) else []
    met += ["leads"]
    leads = _is_open(conversation, "leads") or conversation.value("leads") == "yes"
    return met + (list(LEADING) if leads else [])


def _is_open(conversation: Conversation, question: str) -> bool:
    return question not in conversation.answers


def _may_tie(conversation: Conversation) -> bool:
    """Which things weigh how much is only known once all are named; until then a tie is possible."""
    possible = _is_open(conversation, "CF8") and bool(conversation.about.get("ties"))
    return possible or purpose_and_role_lift_alike(conversation)


def steps(conversation: Conversation) -> tuple[str, ...]:
    return tuple(_met(conversation))


def _scenario() -> Scale:
    return Scale(0, 10)


def _attempt(slot: int) -> dict[str, Question]:
    """How much of it, how it was at its best, and two months later (T2 to T4)."""
    return {
        f"T2_{slot}": Choice("full", "less", "briefly", depends_on=("T1",)),
        f"T3_{slot}": Choice("lot", "little", "none", depends_on=("T1",)),
        f"T4_{slot}": Choice("held", "back", "worse", depends_on=(f"T3_{slot}",)),
    }


def _asking_about(slot: int) -> tuple[Go, ...]:
    """What was tried in this place; how it was later only where it helped at all."""
    onward = _to_the_next_attempt(f"T3_{slot}", slot + 1)
    return (
        Go(f"T2_{slot}", f"T3_{slot}"),
        *(_also(go, did_not_help(f"T3_{slot}")) for go in onward),
        Go(f"T3_{slot}", f"T4_{slot}"),
        *_to_the_next_attempt(f"T4_{slot}", slot + 1),
    )


def _to_the_next_attempt(source: str, slot: int) -> tuple[Go, ...]:
    more = (Go(source, f"T2_{slot}", when=has_tried(slot)),) if slot in SLOTS else ()
    return (*more, Go(source, "leads"))


def _also(go: Go, guard: Guard) -> Go:
    """The same transition, under one more condition."""
    first = go.when

    def both(conversation: Conversation) -> bool:
        return guard(conversation) and (first is None or first(conversation))

    name = guard.__name__ if first is None else f"{guard.__name__}_and_{first.__name__}"
    return Go(go.source, go.target, when=named(both, name))


def _when_it_came_to_nothing(question: str) -> tuple[Reflect, ...]:
    """What may be said of an attempt once nothing came of it; of how much it was (T2) nothing is said."""
    if question.startswith("T2"):
        return ()
    overload = both(nothing_came_of("support", question), nothing_held_against_overload)
    return (
        Reflect(question, "same_kind", when=overload),
        Reflect(question, "next_level", when=nothing_came_of("pay", question)),
        Reflect(question, "more_skill", when=nothing_came_of("skill", question)),
    )


BATTERY = Flow(
    name="battery",
    version=1,
    start="game",
    questions={
        "game": Choice("on", explained=False, skippable=False),
        "CF3_draft": Choice("yes", "reword", "no"),
        "CF3_words": FreeText(300),
        "CF3": _scenario(),
        "CF3_more": Confirm(),
        "CF3b_words": FreeText(300),
        "CF3b": _scenario(),
        "CF3b_more": Confirm(),
        "CF3c_words": FreeText(300),
        "CF3c": _scenario(),
        "CF6": _scenario(),
        "CF7": _scenario(),
        "CF8": Choice("stay", "else", "otherrole", "craft", "entire", "rest", "unknown"),
        "CF9": Choice("cause", "people", "load", "both", depends_on=("CF8",)),
        "F1": Choice("purpose", "tasks"),
        "R1": Choice("days", "week", "fortnight", "month"),
        "R2": Scale(0, 10),
        "T1": MultiChoice(*ATTEMPTS, "none", alone=("none",), most=3),
        **{name: question for slot in SLOTS for name, question in _attempt(slot).items()},
        "leads": Confirm(),
        "L1": Scale(0, 4, named=True),
        "L2": Scale(0, 4, named=True),
    },
    transitions=(
        Go("game", "CF3_draft", when=something_was_objected_to),
        Go("game", "CF6", when=monday_has_weight),
        Go("game", "CF8"),
        Go("CF3_draft", "CF3", when=says("CF3_draft", "yes")),
        Go("CF3_draft", "CF3_words", when=says("CF3_draft", "reword")),
        Go("CF3_draft", "CF6"),
        Go("CF3_words", "CF3"),
        Go("CF3", "CF3_more"),
        Go("CF3_more", "CF3b_words", when=says("CF3_more", "yes")),
        Go("CF3_more", "CF6"),
        Go("CF3b_words", "CF3b"),
        Go("CF3b", "CF3b_more"),
        Go("CF3b_more", "CF3c_words", when=says("CF3b_more", "yes")),
        Go("CF3b_more", "CF6"),
        Go("CF3c_words", "CF3c"),
        Go("CF3c", "CF6"),
        Go("CF6", "CF7"),
        Go("CF7", "CF8"),
        Go("CF8", "CF9", when=says("CF8", "else")),
        Go("CF8", "F1", when=purpose_and_role_lift_alike),
        Go("CF8", "R1", when=about("break", "yes")),
        Go("CF8", "T1"),
        Go("CF9", "F1", when=purpose_and_role_lift_alike),
        Go("CF9", "R1", when=about("break", "yes")),
        Go("CF9", "T1"),
        Go("F1", "R1", when=about("break", "yes")),
        Go("F1", "T1"),
        Go("R1", "R2"),
        Go("R2", "T1"),
        *_to_the_next_attempt("T1", SLOTS[0]),
        *(go for slot in SLOTS for go in _asking_about(slot)),
        Go("leads", "L1", when=says("leads", "yes")),
        Go("leads", DONE),
        Go("L1", "L2"),
        Go("L2", DONE),
    ),
    reflections=(
        Reflect("CF8", "stay", when=says("CF8", "stay")),
        Reflect("CF8", "craft", when=says("CF8", "craft")),
        Reflect("CF8", "entire", when=says("CF8", "entire")),
        Reflect("T1", "nothing", when=ticks("T1", "none")),
        *(each for question in ABOUT_ATTEMPTS for each in _when_it_came_to_nothing(question)),
        Reflect("L2", "narrowed", when=both(at_least("L1", 3), at_least("L2", 3))),
        Reflect("L2", "fewer", when=at_least("L2", 3)),
    ),
    steps=steps,
    facts=facts,
    worded_as={name: name.partition("_")[0] for name in ABOUT_ATTEMPTS},
)
