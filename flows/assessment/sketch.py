"""The first sitting: 18 taps, about four minutes, and a first hunch (assessment.md A2 to A5, BR1, BR2, BR9).

The names of the questions are the item ids of assessment.md A3 and A5, their codes the stored answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.guards import at_least, at_most, both, is_answered, named, says
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Guard, Reflect
from flows.engine.questions import Choice, FreeText, MultiChoice, Scale
from flows.engine.say import Fact

SCENARIOS = ("CF1", "CF2", "CF4", "CF5")
"""One thing changed at a time: volume, purpose, culture, role. Asked in an order of the person's own."""

OF_HUNCH: Mapping[str, str] = {"a": "CF1", "b": "CF4", "c": "CF2", "d": "CF5"}
"""The scenario that changes what a person suspects (O5)."""

ONE_DETAIL = 80
"""Characters of their own that fit into a question which stays at about 60 words."""

OPENING = ("O2", "O3", "O4", "O5", "O6", "O7")
SIGNS = ("K2", "E1", "V1", "D1", "I1")
SHORT_TRACK = ("O2", "O3", "O4", "O7", "I1", "E1", "V1", "CF0")
"""What is enough when it is light and recent (BR2)."""

LOWEST_BASELINE = 3
"""Below it a Monday has too little weight to take any away (A5): the scenarios are left out."""


def it_is_light_and_recent(conversation: Conversation) -> bool:
    """BR2: O2 at most 3 and under a month."""
    heaviness = conversation.number("O2")
    return heaviness is not None and heaviness <= 3 and conversation.value("O3") == "lt1"


def takes_the_short_track(conversation: Conversation) -> bool:
    return it_is_light_and_recent(conversation) and conversation.value("pace") == "short"


def monday_is_light(conversation: Conversation) -> bool:
    baseline = conversation.number("CF0")
    return baseline is None or baseline < LOWEST_BASELINE


def there_was_no_break(conversation: Conversation) -> bool:
    """BR9: no break in twelve months, so there is nothing to come back from."""
    return conversation.value("R3") in ("nobreak", None)


def scenario_order(seed: int) -> tuple[str, ...]:
    """Return the scenarios in the order of one person: one of 24, the same whenever it is asked."""
    left, order = list(SCENARIOS), []
    while left:
        seed, place = divmod(seed, len(left))
        order.append(left.pop(place))
    return tuple(order)


def follows(source: str, scenario: str) -> Guard:
    """Return the guard: in this person's order the scenario comes right after the source."""

    def comes_next(conversation: Conversation) -> bool:
        order = ("CF0", *scenario_order(conversation.seed))
        return order[order.index(source) + 1 :][:1] == (scenario,)

    return named(comes_next, f"{scenario}_comes_next")


def steps(conversation: Conversation) -> tuple[str, ...]:
    """Return the questions this person meets, in order, as far as can be told by now."""
    if takes_the_short_track(conversation):
        return SHORT_TRACK
    light = conversation.number("CF0") is not None and monday_is_light(conversation)
    scenarios = ("CF0",) if light else ("CF0", *scenario_order(conversation.seed))
    rest = ("R3",) if conversation.value("R3") == "nobreak" else ("R3", "R4")
    return (*OPENING, *SIGNS, *scenarios, *rest)


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts of the sketch may use: the baseline that every scenario is compared with,
    whether a statement is the first one, whether the Monday stands alone, with no scenarios after it, and
    and `own`, only where there are some, the words of the person that belong to a scenario.
    """
    own = own_words(conversation, question)
    told: dict[str, Fact] = {
        "baseline": conversation.number("CF0") or 0,
        "first_statement": not any(sign in conversation.answers for sign in SIGNS),
        "alone": takes_the_short_track(conversation),
    }
    return told | {"own": own} if own else told


def own_words(conversation: Conversation, scenario: str) -> str:
    """Return what the person began with, where their hunch is what this scenario changes; else nothing.

    Exactly as they wrote it, or not at all: long words, or several lines, are no detail of a question.
    """
    words = conversation.value("O1")
    if OF_HUNCH.get(str(conversation.value("O5"))) != scenario or not isinstance(words, str):
        return ""
    return "" if len(words) > ONE_DETAIL or "\n" in words else words


def something_else_is_going_on(conversation: Conversation) -> bool:
    """BR1: any tick in O7 except "no", or O6 of 3 and more, raises the outside-work flag."""
    ticked = conversation.value("O7")
    outside = isinstance(ticked, tuple) and bool(set(ticked) - {"no"})
    return outside or (conversation.number("O6") or 0) >= 3


def lift(conversation: Conversation, scenario: str) -> float | None:
    """Return the share of a Monday's weight that one change takes away (A5); None where it cannot be told."""
    baseline, heaviness = conversation.number("CF0"), conversation.number(scenario)
    if not baseline or heaviness is None:
        return None
    return (baseline - heaviness) / baseline


def lifts(scenario: str) -> Guard:
    """Return the guard: with this one change the Monday loses at least 60 % of its weight."""

    def lifts_most(conversation: Conversation) -> bool:
        share = lift(conversation, scenario)
        return share is not None and share >= 0.6

    return named(lifts_most, f"{scenario}_lifts_most_of_it")


def is_little(share: float | None) -> bool:
    return share is not None and abs(share) < 0.15


def does_nothing(scenario: str) -> Guard:
    """Return the guard: this is the first change with which the Monday is about as heavy as before.

    Of the next ones it is not said again: three times "it is not that" is two times too many.
    """

    def changes_little_first(conversation: Conversation) -> bool:
        others = (lift(conversation, other) for other in SCENARIOS if other != scenario)
        return is_little(lift(conversation, scenario)) and not any(is_little(share) for share in others)

    return named(changes_little_first, f"{scenario}_is_the_first_that_changes_little")


def sign() -> Scale:
    """A statement, from 0 "not me" to 4 "very much me"."""
    return Scale(0, 4, named=True)


def scenario() -> Scale:
    """A Monday with one thing changed, on the same scale as the Monday as it is."""
    return Scale(0, 10, depends_on=("CF0",))


def _each_scenario_once(source: str) -> tuple[Go, ...]:
    onward = tuple(Go(source, name, when=follows(source, name)) for name in SCENARIOS if name != source)
    return (*onward, Go(source, "R3"))


SKETCH = Flow(
    name="sketch",
    version=1,
    start="O1",
    questions={
        "O1": FreeText(2000),
        "O2": Scale(0, 10),
        "O3": Choice("lt1", "1-6", "6-24", "gt2", "always"),
        "pace": Choice("short", "full", explained=False),
        "O4": Choice("events", "busy", "most", "daily"),
        "O5": Choice("a", "b", "c", "d", "e", "f"),
        "O6": Scale(0, 4, named=True),
        "O7": MultiChoice(
            "no", "sleep", "illness", "caring", "loss", "money", "baby", "rather", alone=("no", "rather")
        ),
        "K2": sign(),
        "E1": sign(),
        "V1": sign(),
        "D1": sign(),
        "I1": sign(),
        "CF0": Scale(0, 10),
        "CF1": scenario(),
        "CF2": scenario(),
        "CF4": scenario(),
        "CF5": scenario(),
        "R3": Choice("days", "2w", "2-6w", "6w+", "notback", "never", "nobreak"),
        "R4": Choice("heavy", "ord", "light", depends_on=("R3",)),
    },
    transitions=(
        Go("O1", "O2"),
        Go("O2", "O3"),
        Go("O3", "pace", when=it_is_light_and_recent),
        Go("O3", "O4"),
        Go("pace", "O4"),
        Go("O4", "O7", when=takes_the_short_track),
        Go("O4", "O5"),
        Go("O5", "O6"),
        Go("O6", "O7"),
        Go("O7", "I1", when=takes_the_short_track),
        Go("O7", "K2"),
        Go("K2", "E1"),
        Go("I1", "E1", when=takes_the_short_track),
        Go("E1", "V1"),
        Go("V1", "CF0", when=takes_the_short_track),
        Go("V1", "D1"),
        Go("D1", "I1"),
        Go("I1", "CF0"),
        Go("CF0", DONE, when=takes_the_short_track),
        Go("CF0", "R3", when=monday_is_light),
        *_each_scenario_once("CF0"),
        *(go for name in SCENARIOS for go in _each_scenario_once(name)),
        Go("R3", DONE, when=there_was_no_break),
        Go("R3", "R4"),
        Go("R4", DONE),
    ),
    reflections=(
        Reflect("O1", "kept", when=is_answered("O1")),
        Reflect("O2", "very_heavy", when=at_least("O2", 8)),
        Reflect("O2", "light", when=at_most("O2", 2)),
        Reflect("O3", "long", when=says("O3", "gt2")),
        Reflect("O3", "always", when=says("O3", "always")),
        Reflect("O4", "events", when=says("O4", "events")),
        Reflect("O4", "daily", when=says("O4", "daily")),
        Reflect("O5", "no_idea", when=says("O5", "f")),
        Reflect("O5", "hunch", when=says("O5", "a", "b", "c", "d", "e")),
        Reflect("O7", "outside", when=something_else_is_going_on),
        Reflect("V1", "purpose", when=at_least("V1", 3)),
        Reflect("D1", "tasks", when=at_least("D1", 3)),
        Reflect("I1", "nameable", when=at_least("I1", 3)),
        *(Reflect(name, "lifts", when=lifts(name)) for name in SCENARIOS),
        *(Reflect(name, "stays", when=does_nothing(name)) for name in SCENARIOS),
        Reflect("R3", "again", when=both(says("O3", "gt2", "always"), says("R3", "days", "2w"))),
        Reflect("R3", "quickly", when=says("R3", "days", "2w")),
        Reflect("R3", "never", when=says("R3", "never")),
    ),
    steps=steps,
    facts=facts,
)
