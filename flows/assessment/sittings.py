"""The three sittings as one assessment: which is next, what it is started with, and the facts of all of them.

Item ids and codes are those of assessment.md A3; items that are asked in parts (d1, e1, i1, T1 to T4) are put
together here, so that the stored answers stay what the person said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flows.assessment.again import SIGNS, TESTS, THINGS
from flows.assessment.battery import BATTERY, attempts, thing
from flows.assessment.checks import CHECKS, QUESTIONS, UNSURE
from flows.assessment.evidence import Facts, score
from flows.assessment.explanations import Explanation
from flows.assessment.facts import Trial
from flows.assessment.inventory import HARM, INVENTORY
from flows.assessment.rule import Rule
from flows.assessment.scored import Scored
from flows.assessment.sketch import SKETCH
from flows.assessment.standing import as_they_stand, standing_answers
from flows.engine.answers import Value
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow

SITTINGS: tuple[Flow, ...] = (SKETCH, INVENTORY, BATTERY)
"""In their order. Each is an offer when the one before it is done, and none asks anything twice."""

CONFUSABLE: Mapping[Explanation, tuple[Explanation, ...]] = {
    Explanation.CAP: (Explanation.VAL, Explanation.IDN),
    Explanation.ENV: (Explanation.VAL,),
    Explanation.VAL: (Explanation.IDN, Explanation.ENV, Explanation.CAP),
    Explanation.IDN: (Explanation.VAL, Explanation.CAP),
    Explanation.IRR: (Explanation.CAP,),
}
"""What each explanation is easily taken for (BR3)."""

NOT_EVIDENCE = frozenset({"O1", "pace", "v1", "game", "leads", "L1", "L2", "R1"})
PARTS = ("d1_", "i1_", "T1", "T2_", "T3_", "T4_", "CF3_", "CF3b_", "CF3c_")

DOSES = {"full": 1.0, "less": 0.5, "briefly": 0.2}
"""The part of a fair try that an answer to T2 stands for; A7 halves less and ignores under a quarter."""

NOT_ASKED = "-"
WEIGHTS = (NOT_ASKED, *(str(weight) for weight in range(11)))
"""What the scenario of the named thing may weigh (CF3), as `about["ties"]` lists it."""

SMALL_ANNOYANCE = 5
FIXABLE_BY = ("me", "lead")

Conversations = Mapping[str, Conversation]


def facts_of(conversations: Conversations) -> Facts:
    """Return everything the sittings found out, as the rule reads it; what was asked again counts instead."""
    conversations = as_they_stand(conversations)
    given: dict[str, Value] = {}
    for flow in SITTINGS:
        conversation = conversations.get(flow.name)
        if conversation is not None:
            given |= {name: answer.value for name, answer in conversation.answers.items()}
    told = {name: value for name, value in given.items() if _is_item(name) and value is not None}
    told |= {name: value for name, value in _put_together(given).items() if value is not None}
    battery = conversations.get(BATTERY.name)
    return Facts(answers=told, tried=_tried(battery) if battery else (), resolved=_resolved(conversations))


def scored(conversations: Conversations, rule: Rule) -> Scored:
    """Return the score of the answers so far under the rule of A7."""
    return score(facts_of(conversations), rule)


def _is_item(name: str) -> bool:
    return name not in NOT_EVIDENCE and name != "e1" and not name.startswith(PARTS)


def _put_together(given: Mapping[str, Value]) -> dict[str, Value]:
    """Return the codes of items that were asked in parts."""
    return {"e1": _harm(given.get("e1")), "d1": _overlap(given), "i1": _annoyance(given)}


def _harm(happened: Value) -> str | None:
    """e1: none, one, two or more, or any of the last group."""
    if not isinstance(happened, tuple):
        return None
    if HARM in happened:
        return "3"
    return str(min(len([each for each in happened if each != "none"]), 2))


def _overlap(given: Mapping[str, Value]) -> str | None:
    """d1: how many of the three activities that fill the week give energy."""
    fills, energy = given.get("d1_fills"), given.get("d1_energy")
    if not isinstance(fills, tuple) or not isinstance(energy, tuple):
        return None
    return str(len(set(fills) & set(energy)))


def _annoyance(given: Mapping[str, Value]) -> str | None:
    """i1: small when even the worst is at most 5 and the person or their lead could fix most of it."""
    worst, fixer = given.get("i1_worst"), given.get("i1_who")
    if not isinstance(worst, int) or fixer is None:
        return None
    return "small" if worst <= SMALL_ANNOYANCE and fixer in FIXABLE_BY else "big"


def _tried(battery: Conversation) -> tuple[Trial, ...]:
    """T1 to T4: past attempts; what helped and held, helped and wore off, or never helped."""
    found = []
    for slot, kind in enumerate(attempts(battery), start=1):
        outcome = _outcome(battery.value(f"T3_{slot}"), battery.value(f"T4_{slot}"))
        dose = DOSES.get(str(battery.value(f"T2_{slot}")))
        if outcome and dose is not None:
            found.append(Trial(kind, outcome, dose))
    return tuple(found)


def _outcome(best: Value, later: Value) -> str | None:
    if best == "none":
        return "none"
    if best is None or later is None:
        return None
    return "held" if later == "held" else "temp"


def _resolved(conversations: Conversations) -> frozenset[str]:
    checks = conversations.get(CHECKS.name)
    if checks is None:
        return frozenset()
    return frozenset(code for code in QUESTIONS if checks.value(code) not in (None, UNSURE))


def next_sitting(conversations: Conversations) -> Flow | None:
    """Return the first sitting that has not begun, None when all have."""
    return next((flow for flow in SITTINGS if flow.name not in conversations), None)


def started_with(flow: Flow, conversations: Conversations, rule: Rule) -> dict[str, str]:
    """Return what a sitting, or asking again, has to know of what was asked before."""
    if flow is INVENTORY:
        return {
            "modules": " ".join(modules(scored(conversations, rule))),
            "O3": _code(conversations.get(SKETCH.name), "O3"),
        }
    if flow is BATTERY:
        return _for_the_battery(conversations, rule)
    if flow in (SIGNS, TESTS):
        about = _for_asking_again(flow, conversations)
        return about if flow is SIGNS else about | _for_the_tests(as_they_stand(conversations), rule)
    return {}


def modules(result: Scored) -> tuple[Explanation, ...]:
    """BR3: the two explanations with most points, and the strongest rival that the first is taken for."""
    order = sorted(Explanation, key=lambda explanation: -result.points[explanation])
    first, second = order[:2]
    rival = max(CONFUSABLE[first], key=lambda explanation: result.points[explanation])
    return tuple(each for each in Explanation if each in {first, second, rival})


def _for_the_battery(conversations: Conversations, rule: Rule) -> dict[str, str]:
    sketch, inventory = conversations.get(SKETCH.name), conversations.get(INVENTORY.name)
    baseline = sketch.value("CF0") if sketch else None
    rest = sketch.value("R3") if sketch else None
    facts = facts_of(conversations)
    return {
        "baseline": "" if baseline is None else str(baseline),
        "break": "no" if rest in (None, "nobreak") else "yes",
        "R3": _code(sketch, "R3"),
        "ties": " ".join(weight for weight in WEIGHTS if _ties(facts, weight, rule)),
        "objection": _words(inventory, "v1"),
        "annoyances": _words(inventory, "i1_list"),
    }


def _ties(facts: Facts, weight: str, rule: Rule) -> bool:
    """Whether purpose and role lift alike (X3), should the Monday without the named thing weigh that much."""
    told = facts.answers if weight == NOT_ASKED else {**facts.answers, "CF3": int(weight)}
    found = score(replace(facts, answers=told), rule).contradictions
    return any(each.code == "X3" for each in found)


def _code(conversation: Conversation | None, question: str) -> str:
    value = conversation.value(question) if conversation else None
    return value if isinstance(value, str) else ""


def _words(conversation: Conversation | None, question: str) -> str:
    value = conversation.value(question) if conversation else None
    return value if isinstance(value, str) else ""


def _for_asking_again(flow: Flow, conversations: Conversations) -> dict[str, str]:
    last = conversations.get(flow.name)
    stood = standing_answers(conversations, flow.name)
    return {
        "round": str(int(last.about.get("round", "0")) + 1 if last else 1),
        "before": " ".join(f"{item}={answer.value}" for item, answer in stood.items()),
    }


def _for_the_tests(stand: Conversations, rule: Rule) -> dict[str, str]:
    """What the person named: things that should stop, what happened to them, what fills their week."""
    inventory, battery = stand[INVENTORY.name], stand[BATTERY.name]
    happened = [code for code in _codes(inventory, "e1") if code != "none"]
    fills, energy = _codes(inventory, "d1_fills"), _codes(inventory, "d1_energy")
    named = {name: thing(battery, name) for name in THINGS if battery.number(name) is not None}
    return {
        **named,
        "annoyances": _words(inventory, "i1_list"),
        "happened": " ".join(happened),
        "energy": " ".join(code for code in energy if code not in fills) if fills else "",
        "fills": " ".join(code for code in fills if code not in energy),
        "tie": f"{rule.checks.both_lift} {rule.checks.within}",
    }


def _codes(conversation: Conversation, question: str) -> tuple[str, ...]:
    value = conversation.value(question)
    return value if isinstance(value, tuple) else ()


def unsettled(conversations: Conversations, rule: Rule) -> dict[str, str]:
    """Return the checks to ask about: code to the two answers it quotes, as "K3=4 R3=2w"."""
    facts = facts_of(conversations)
    asked = conversations[CHECKS.name].answers if CHECKS.name in conversations else {}
    return {
        each.code: " ".join(f"{item}={facts.answers[item]}" for item in each.items if item in facts.answers)
        for each in score(facts, rule).contradictions
        if each.code in QUESTIONS and each.code not in asked and not each.resolved
    }
