"""The second sitting: the other signs, and the facts behind a few explanations (assessment.md A3, BR3).

Which modules are opened is decided by the sketch and stands in `about["modules"]`; the strongest rival is
always among them, so that a hunch is not only confirmed. The names of the questions are item ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from flows.assessment.explanations import Explanation
from flows.assessment.guards import about, at_least, both, is_answered, is_not, named, says, ticks
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Reflect
from flows.engine.questions import Choice, FreeText, MultiChoice, Question, Scale
from flows.engine.say import Fact

SIGNS = ("K1", "E2", "V2", "D2", "I2", "K3", "E3", "V3", "D3", "K4", "E4", "V4", "D4", "I3")
"""The signs that the sketch left out, in turns, so that no explanation is asked in a row."""

HARM = "harm"
"""The last group of e1: discrimination, harassment, threats, unsafe orders (BR5)."""

ACTIVITIES = (
    *("making", "fixing", "writing", "figures", "planning", "deciding", "meetings", "talking"),
    *("selling", "helping", "teaching", "leading", "paperwork", "learning"),
)
"""What a week is made of (d1). The same list is asked twice: what fills it, and what gives energy."""

MODULES: Mapping[Explanation, Mapping[str, Question]] = {
    Explanation.CAP: {
        "c1": Choice("0", "1", "2", "3"),
        "c2": Choice("0", "1"),
        "c3": Choice("temp", "standing"),
        "c4": Choice("0", "1", "2"),
        "c5": Choice("low", "ok"),
    },
    Explanation.ENV: {
        "e1": MultiChoice("none", "shouting", "blame", "punished", "shutout", HARM, alone=("none",)),
        "e2": Choice("weekly", "monthly", "rarely", depends_on=("e1",)),
        "e3": Choice("yes", "no", "unknown"),
        "e4": Choice("one", "org"),
    },
    Explanation.VAL: {
        "v1": FreeText(600),
        "v2": Choice("some", "none"),
        "v3": Choice("direct", "enable", "logo", depends_on=("v2",)),
        "v4": Choice("1", "2", "3", "4", "5"),
        "v5": Choice("onlypay", "other"),
    },
    Explanation.IDN: {
        "d1_fills": MultiChoice(*ACTIVITIES, most=3),
        "d1_energy": MultiChoice(*ACTIVITIES, most=3),
        "d2": Choice("drift", "chose"),
        "d3": Choice("every", "here", "na"),
        "d4": Choice("current", "other"),
    },
    Explanation.IRR: {
        "i1_list": FreeText(600),
        "i1_worst": Scale(0, 10),
        "i1_who": Choice("me", "lead", "others", "nobody"),
        "i2": Choice("month", "half", "long"),
        "i3": Choice("event", "no"),
    },
}
"""The facts of each explanation, in the order they are asked. d1 and i1 are asked in parts."""


def nothing_happened(conversation: Conversation) -> bool:
    """There is nothing to ask how often of: none of it was marked, or the question was skipped."""
    return "e1" in conversation.answers and conversation.value("e1") in (None, ("none",))


def there_is_nothing_to_point_at(conversation: Conversation) -> bool:
    """No objection has an address: there is none, or both questions for it were left open."""
    pointed = conversation.value("v2")
    return pointed == "none" or ("v2" in conversation.answers and pointed is conversation.value("v1") is None)


def opened_modules(conversation: Conversation) -> tuple[Explanation, ...]:
    """Return the modules this person meets, in the order of asking."""
    return tuple(each for each in Explanation if each in conversation.about.get("modules", "").split())


def steps(conversation: Conversation) -> tuple[str, ...]:
    """Return the questions this person meets, as far as can be told by now."""
    left_out = {"e2", "e3", "e4"} if nothing_happened(conversation) else set[str]()
    left_out |= {"v3"} if there_is_nothing_to_point_at(conversation) else set()
    modules = (question for each in opened_modules(conversation) for question in MODULES[each])
    return (*SIGNS, *(question for question in modules if question not in left_out))


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts may use: whether a statement is the first one, and an objection was named."""
    del question
    return {
        "first_statement": not any(sign in conversation.answers for sign in SIGNS),
        "named": conversation.value("v1") is not None,
    }


def _in_a_row(questions: tuple[str, ...]) -> tuple[Go, ...]:
    return tuple(Go(one, other) for one, other in pairwise(questions))


def _to_the_next_module(source: str, after: Explanation | None = None) -> tuple[Go, ...]:
    """Leave a part for the first opened module behind it, or for the end."""
    order = tuple(Explanation)
    behind = order if after is None else order[order.index(after) + 1 :]
    onward = tuple(Go(source, next(iter(MODULES[each])), when=about("modules", each)) for each in behind)
    return (*onward, Go(source, DONE))


def _within(module: Explanation) -> tuple[Go, ...]:
    """The transitions inside a module; facts that would make no sense are stepped over."""
    questions = tuple(MODULES[module])
    row = list(_in_a_row(questions))
    if module is Explanation.VAL:
        row.insert(1, Go("v2", "v4", when=there_is_nothing_to_point_at))
    leaving = _to_the_next_module(questions[-1], module)
    if module is Explanation.ENV:
        nothing = [_unless_more(go) for go in _to_the_next_module("e1", module)]
        return (*nothing, *row, *leaving)
    return (*row, *leaving)


def _unless_more(go: Go) -> Go:
    """Nothing happened: leave the module at once."""
    guard = go.when

    def nothing_more(conversation: Conversation) -> bool:
        return nothing_happened(conversation) and (guard is None or guard(conversation))

    name = "nothing_happened" if guard is None else f"nothing_happened_and_{guard.__name__}"
    return Go(go.source, go.target, when=named(nothing_more, name))


LAYERS = both(says("v3", "direct", "enable"), says("c1", "2", "3"))
"""Long hours and an objection of their own: both are real, and one may lie on top of the other."""


INVENTORY = Flow(
    name="inventory",
    version=2,
    start=SIGNS[0],
    questions={
        **{sign: Scale(0, 4, named=True) for sign in SIGNS},
        **{name: question for module in MODULES.values() for name, question in module.items()},
    },
    transitions=(
        *_in_a_row(SIGNS),
        *_to_the_next_module(SIGNS[-1]),
        *(go for module in MODULES for go in _within(module)),
    ),
    reflections=(
        Reflect("K3", "rest_works", when=at_least("K3", 3)),
        Reflect("E2", "honesty_costs", when=at_least("E2", 3)),
        Reflect("V3", "trade", when=at_least("V3", 3)),
        Reflect("V4", "better_is_worse", when=both(at_least("V4", 3), is_not(at_least("V3", 3)))),
        Reflect("D4", "hollow", when=at_least("D4", 3)),
        Reflect("c5", "no_easy_days", when=says("c5", "low")),
        Reflect("e1", "harm", when=ticks("e1", HARM)),
        Reflect("e1", "nothing", when=ticks("e1", "none")),
        Reflect("e3", "others", when=says("e3", "yes")),
        Reflect("v1", "kept", when=is_answered("v1")),
        Reflect("v2", "nothing_specific", when=says("v2", "none")),
        Reflect("v3", "layers", when=LAYERS),
        Reflect("v4", "shrug", when=both(says("v4", "2"), is_not(LAYERS))),
        Reflect("v4", "company", when=both(says("v4", "3"), is_not(LAYERS))),
        Reflect("v4", "craft", when=says("v4", "4")),
        Reflect("v4", "self", when=says("v4", "5")),
        Reflect("v5", "stuck", when=both(says("v5", "onlypay"), about("O3", "gt2"))),
        Reflect("v5", "only_pay", when=says("v5", "onlypay")),
        Reflect("d2", "drift", when=says("d2", "drift")),
        Reflect("d3", "everywhere", when=says("d3", "every")),
        Reflect("d4", "audience", when=both(says("d4", "other"), is_not(at_least("D4", 3)))),
        Reflect("i2", "recent", when=says("i2", "month")),
    ),
    steps=steps,
    facts=facts,
)
