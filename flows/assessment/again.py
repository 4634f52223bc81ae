"""The statements and the thought experiment once more, weeks later (assessment.md A5, A9).

The names of the questions are the item ids of the first time, so that both answers line up, and the words
are those of the first time wherever they fit: what is asked differently cannot be compared. What was found
out before stands in `about`: `before` holds the answers that stood when it began ("K1=2 CF8=else"),
`began` when that was (seconds since 1970), `round` how often this was asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from flows.assessment import battery, inventory, sketch
from flows.assessment.guards import named, says
from flows.assessment.sketch import LOWEST_BASELINE, does_nothing, lifts, scenario, sign
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Guard, Reflect
from flows.engine.questions import Choice, FreeText
from flows.engine.say import Fact, Label, Say

STATEMENTS = (*sketch.SIGNS, *inventory.SIGNS)
"""All 19 signs; the one that says that it is the last stays the last."""

THINGS = battery.THINGS
SCENARIOS = ("CF0", "CF1", "CF2", "CF4", "CF5", "CF6", "CF7", *THINGS)
ITEMS = (*SCENARIOS, "CF8", "CF9", "F1")
"""What the thought experiment stores."""

STOPS = ("CF1", "CF2", "CF4", "CF5", "CF6", "CF7", *(f"{name}_draft" for name in THINGS))
"""What comes in an order of its own each time: scenarios, and named things that are asked about first."""

ANOTHER_ORDER = 997
"""Added to the seed for each time it is asked again, so that the order is another one."""


class AskedAgain(Flow):
    """A flow whose questions are worded by prompts of other flows: `worded_as` holds their whole names."""

    def prompt(self, question: str) -> str:
        return self.worded_as.get(question, f"{self.name}.{question}")

    def short(self, conversation: Conversation, question: str) -> Say:
        """Return the name of a question, with word that it is not the first time."""
        return Say("again.this_time", {"question": super().short(conversation, question)})


def before(conversation: Conversation) -> Mapping[str, int | str]:
    """Return the answers that stood when this began, by item."""
    pairs = (each.partition("=") for each in conversation.about.get("before", "").split())
    return {item: int(value) if value.isdecimal() else value for item, _, value in pairs}


def standing(conversation: Conversation, item: str) -> int | None:
    """Return how heavy a Monday is by now: what is skipped stays as it was, what is left out is gone."""
    if conversation.value(f"{item}_draft") == "no":
        return None
    number, earlier = conversation.number(item), before(conversation).get(item)
    return number if number is not None or not isinstance(earlier, int) else earlier


def thing(conversation: Conversation, name: str) -> str:
    """Return the words of a thing that was named the first time, or how it is put now."""
    words = conversation.value(battery.WORDS[name])
    return words if isinstance(words, str) else conversation.about.get(name, "")


def order(conversation: Conversation) -> tuple[str, ...]:
    """Return the stops in this person's order of this time; only things they named are among them."""
    unnamed = {f"{name}_draft" for name in THINGS if not conversation.about.get(name)}
    left = [stop for stop in STOPS if stop not in unnamed]
    seed, found = conversation.seed + ANOTHER_ORDER * int(conversation.about.get("round", "1")), list[str]()
    while left:
        seed, place = divmod(seed, len(left))
        found.append(left.pop(place))
    return tuple(found)


def monday_is_light(conversation: Conversation) -> bool:
    """There is too little weight to take any away (A5)."""
    baseline = standing(conversation, "CF0")
    return baseline is None or baseline < LOWEST_BASELINE


def comes_after(stop: str, target: str) -> Guard:
    """Return the guard: in the order of this time the target is next."""

    def comes_next(conversation: Conversation) -> bool:
        stops = ("CF0", *order(conversation))
        is_next = stop in stops and stops[stops.index(stop) + 1 :][:1] == (target,)
        return is_next and not monday_is_light(conversation)

    return named(comes_next, f"{target}_comes_next")


def purpose_and_role_lift_alike(conversation: Conversation) -> bool:
    """X3: `tie` holds the share that both lift at least, and how far apart they may be."""
    baseline, role = standing(conversation, "CF0"), standing(conversation, "CF5")
    purposes = [number for name in ("CF2", *THINGS) if (number := standing(conversation, name)) is not None]
    if not baseline or role is None or not purposes or monday_is_light(conversation):
        return False
    least, within = (float(figure) for figure in conversation.about.get("tie", "1 0").split())
    by_purpose, by_role = (baseline - min(purposes)) / baseline, (baseline - role) / baseline
    return min(by_purpose, by_role) >= least and round(abs(by_purpose - by_role), 9) <= within


def steps(conversation: Conversation) -> tuple[str, ...]:
    """Return the questions this person meets, as far as can be told by now."""
    stops = () if monday_is_light(conversation) else order(conversation)
    met = [stop.removesuffix("_draft") for stop in stops if conversation.value(stop) != "no"]
    further = ("CF9",) if conversation.value("CF8") == "else" else ()
    tied = ("F1",) if purpose_and_role_lift_alike(conversation) else ()
    return ("CF0", *met, "CF8", *further, *tied)


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts may use: the Monday as it is, and what the person told the first time."""
    baseline = standing(conversation, "CF0")
    return {
        "baseline": 0 if baseline is None else baseline,
        "alone": False,
        "annoyances": conversation.about.get("annoyances", ""),
        "thing": conversation.about.get(question.removesuffix("_draft"), ""),
        **{name.lower(): thing(conversation, name) for name in THINGS},
        "happened": _labels("inventory.e1", conversation.about.get("happened", "")),
        "energy": _labels("inventory.d1_energy", conversation.about.get("energy", "")),
        "fills": _labels("inventory.d1_fills", conversation.about.get("fills", "")),
    }


def _labels(prompt: str, codes: str) -> tuple[Fact, ...]:
    return tuple(Label(prompt, code) for code in codes.split())


def _first_statement(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    return {"first_statement": question == STATEMENTS[0] and not conversation.answers}


def _onward(source: str, stop: str) -> tuple[Go, ...]:
    ways = (Go(source, target, when=comes_after(stop, target)) for target in STOPS if target != stop)
    return (*ways, Go(source, "CF8"))


def _asking_about(name: str) -> tuple[Go, ...]:
    """A thing as it was named, put another way, or left out; then the Monday on which it has stopped."""
    draft, words = f"{name}_draft", battery.WORDS[name]
    return (
        Go(draft, name, when=says(draft, "yes")),
        Go(draft, words, when=says(draft, "reword")),
        *_onward(draft, draft),
        Go(words, name),
        *_onward(name, draft),
    )


SIGNS = AskedAgain(
    name="signs",
    version=1,
    start=STATEMENTS[0],
    questions={statement: sign() for statement in STATEMENTS},
    transitions=(*(Go(*pair) for pair in pairwise(STATEMENTS)), Go(STATEMENTS[-1], DONE)),
    steps=lambda conversation: STATEMENTS,
    facts=_first_statement,
    worded_as={
        **{name: f"sketch.{name}" for name in sketch.SIGNS},
        **{name: f"inventory.{name}" for name in inventory.SIGNS},
    },
)

TESTS = AskedAgain(
    name="tests",
    version=1,
    start="CF0",
    questions={
        **{name: scenario() for name in SCENARIOS if name not in ("CF0", *THINGS)},
        "CF0": sketch.SKETCH.questions["CF0"],
        **{f"{name}_draft": Choice("yes", "reword", "no") for name in THINGS},
        **{battery.WORDS[name]: FreeText(300) for name in THINGS},
        **{name: scenario() for name in THINGS},
        **{name: battery.BATTERY.questions[name] for name in ("CF8", "CF9", "F1")},
    },
    transitions=(
        *_onward("CF0", "CF0"),
        *(go for stop in STOPS if not stop.endswith("_draft") for go in _onward(stop, stop)),
        *(go for name in THINGS for go in _asking_about(name)),
        Go("CF8", "CF9", when=says("CF8", "else")),
        Go("CF8", "F1", when=purpose_and_role_lift_alike),
        Go("CF8", DONE),
        Go("CF9", "F1", when=purpose_and_role_lift_alike),
        Go("CF9", DONE),
        Go("F1", DONE),
    ),
    reflections=(
        *(Reflect(name, "lifts", when=lifts(name)) for name in sketch.SCENARIOS),
        *(Reflect(name, "stays", when=does_nothing(name)) for name in sketch.SCENARIOS),
        Reflect("CF8", "stay", when=says("CF8", "stay")),
        Reflect("CF8", "craft", when=says("CF8", "craft")),
    ),
    steps=steps,
    facts=facts,
    worded_as={
        **{name: f"sketch.{name}" for name in ("CF0", "CF1", "CF2")},
        **{name: f"battery.{name}" for name in ("CF6", "CF7", *THINGS, "CF8", "CF9", "F1")},
        **{words: f"battery.{words}" for words in battery.WORDS.values()},
        **{f"{name}_draft": "tests.CF3_draft" for name in THINGS},
    },
)

AGAIN: tuple[Flow, ...] = (SIGNS, TESTS)
