"""A person's own answers, as the map quotes them."""

from __future__ import annotations

from collections.abc import Iterable

from flows.assessment.battery import ATTEMPTS, BATTERY, THINGS, attempts
from flows.assessment.explanations import Explanation
from flows.assessment.facts import Trial
from flows.assessment.fit import ITEM
from flows.assessment.inventory import INVENTORY
from flows.assessment.reading import Reading
from flows.assessment.sittings import SITTINGS
from flows.assessment.sketch import SKETCH
from flows.engine.asking import shown
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow
from flows.engine.say import Fact, Label, Say
from flows.quoting import in_short

WORDED = frozenset(SKETCH.questions) - {"O1", "pace", "CF0"} | {*THINGS, "CF6", "CF7"}
"""Items with a quote of their own; the others are quoted by their short name."""

IN_PARTS = {"i1": "i1_worst"}
"""Items put together of several questions, and the one whose answer is quoted."""


def layer(explanation: Explanation) -> Label:
    return Label("map.layers", explanation.value)


def quote(reading: Reading, item: str) -> Say | None:
    """Return one piece of evidence in words; None for what is nothing that the person said or did.

    `item` is named as in `Evidence`: an item id, or `tried:<kind>`, `log:<kind>`, `energy:<letter>`.
    """
    source, _, what = item.partition(":")
    match source:
        case "tried":
            return _attempt(reading, what)
        case "log":
            return _tried(what, reading.facts.trials)
        case "energy":
            return Say(f"quotes.energy.{what}")
        case "d1":
            return _week(reading)
        case "FIT":
            return Say("quotes.FIT", {"layer": layer(Explanation(str(reading.facts.answers[ITEM])))})
    return _answer(reading, item)


def _answer(reading: Reading, item: str) -> Say | None:
    question = IN_PARTS.get(item, item)
    for flow in SITTINGS:
        there = reading.conversations.get(flow.name)
        if there is not None and there.value(question) is not None:
            return _quoted(flow, there, item, question)
    return None


def _quoted(flow: Flow, there: Conversation, item: str, question: str) -> Say:
    answer = shown(flow, question, there.value(question))
    if item not in WORDED:
        return Say("quotes.other", {"question": flow.short(there, question), "answer": answer})
    words = {name: in_short(fact) for name, fact in flow.facts(there, question).items()}
    load = shown(SKETCH, "R4", there.value("R4"))
    facts: dict[str, Fact] = {**words, "answer": answer, "load": load}
    return Say(f"quotes.{item}", facts, variant=there.about.get("situation", ""))


def _week(reading: Reading) -> Say:
    """d1: what fills the week and what gives energy, next to each other."""
    there = reading.conversations[INVENTORY.name]
    fills, energy = (shown(INVENTORY, name, there.value(name)) for name in ("d1_fills", "d1_energy"))
    return Say("quotes.d1", {"fills": fills, "energy": energy})


def _attempt(reading: Reading, kind: str) -> Say | None:
    """A past attempt, in the words of the battery; one of the diary that is only remembered, as a trial."""
    battery = reading.conversations.get(BATTERY.name)
    if battery is None or kind not in attempts(battery):
        return _tried(kind, reading.facts.tried)
    slot = attempts(battery).index(kind) + 1
    helped = battery.value(f"T3_{slot}") != "none"
    item = f"T4_{slot}" if helped else f"T3_{slot}"
    return Say("quotes.tried", {"kind": kind_of(kind), "answer": shown(BATTERY, item, battery.value(item))})


def _tried(kind: str, trials: Iterable[Trial]) -> Say | None:
    """The latest of the trials of a kind."""
    of_kind = [trial for trial in trials if trial.kind == kind]
    if not of_kind:
        return None
    outcome = Label("quotes.outcomes", of_kind[-1].outcome)
    return Say("quotes.log", {"kind": kind_of(kind), "outcome": outcome})


def kind_of(kind: str) -> Label:
    """Return what a kind of trial is called."""
    return Label("battery.T1", kind) if kind in ATTEMPTS else Label("quotes.kinds", kind)
