"""The vignettes of assessment A10 as people in a chat: what somebody with that vector answers.

Items asked in parts are taken apart again (d1, e1, i1, T1 to T4); what a vector leaves out is skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.assessment.checks import CHECKS, UNSURE
from flows.assessment.facts import Facts, Trial
from flows.assessment.sittings import SITTINGS
from flows.engine.answers import Value
from flows.reply import Reply
from tests.coach.given import Chat, somebody

OBJECTION = "Defending what I find indefensible"
ANNOYANCES = "the printer, late invoices"
FILLS = ("meetings", "paperwork", "planning")
OTHERS = ("making", "fixing", "writing")
HAPPENED: Mapping[str, Value] = {
    "0": ("none",),
    "1": ("shouting",),
    "2": ("shouting", "blame"),
    "3": ("harm",),
}
SETTLED = {
    "X2": "both",
    "X5": "both",
    "X6": "dense",
    "X7": "both",
    "X8": "missing",
    "X11": "vague",
    "X12": "wish",
}
HOW_FAIR = {1.0: "full", 0.5: "less", 0.2: "briefly"}
HOW_IT_WENT: Mapping[str, Mapping[str, Value]] = {
    "held": {"T3": "lot", "T4": "held"},
    "temp": {"T3": "little", "T4": "back"},
    "none": {"T3": "none"},
}


def answers_of(facts: Facts) -> dict[str, Value]:
    """Return what a person with these facts answers, by question, over all sittings and checks."""
    told = {name: value for name, value in facts.answers.items() if isinstance(value, int | str | tuple)}
    answers: dict[str, Value] = {**told, "game": "on", "apart": "on", "pace": "full"}
    answers["O7"] = _outside(facts)
    answers |= {code: SETTLED[code] if code in facts.resolved else UNSURE for code in SETTLED}
    answers |= _objection(facts) | _week(facts) | _annoyances(facts) | _attempts(facts.tried)
    answers["e1"] = HAPPENED.get(str(facts.answers.get("e1")))
    return answers


def _outside(facts: Facts) -> Value:
    return ("baby",) if facts.ticks("O7") else None


def _objection(facts: Facts) -> dict[str, Value]:
    if "CF3" not in facts.answers:
        return {"CF3_draft": "no"}
    return {"v1": OBJECTION, "CF3_draft": "yes", "CF3_more": "no"}


def _week(facts: Facts) -> dict[str, Value]:
    if "d1" not in facts.answers:
        return {}
    overlap = int(str(facts.answers["d1"]))
    return {"d1_fills": FILLS, "d1_energy": (*FILLS[:overlap], *OTHERS[overlap:])}


def _annoyances(facts: Facts) -> dict[str, Value]:
    if "i1" not in facts.answers:
        return {}
    small = facts.answers["i1"] == "small"
    return {"i1_list": ANNOYANCES, "i1_worst": 5 if small else 6, "i1_who": "lead"}


def _attempts(tried: Iterable[Trial]) -> dict[str, Value]:
    there = tuple(tried)
    answers: dict[str, Value] = {"T1": tuple(trial.kind for trial in there) or None}
    for slot, trial in enumerate(there, start=1):
        answers[f"T2_{slot}"] = HOW_FAIR[trial.dose]
        answers |= {f"{item}_{slot}": value for item, value in HOW_IT_WENT[trial.outcome].items()}
    return answers


@dataclass
class Persona:
    """Somebody in a chat, with an answer for every question they may meet and all that they were asked."""

    answers: Mapping[str, Value]
    chat: Chat
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Flow and question, in the order of asking."""

    def meets(self, *flows: str) -> Reply:
        """Answer whatever is open, to the end of these flows."""
        reply = self.chat.replies[-1]
        while (there := self.chat.person.foreground) is not None and there.flow in flows:
            self.asked.append((there.flow, there.state))
            reply = self.chat.gives(self.answers.get(there.state))
        return reply

    def sits(self, name: str) -> Reply:
        """Go through one sitting, with the checks at its end; the reply is its map."""
        if name != "sketch":
            self.chat.commands("next")
        return self.meets(name, CHECKS.name)

    def questions(self) -> list[str]:
        """The items that were asked: no way stations, no questions about questions."""
        aside = ("game", "apart", "pace", "CF3_draft", "CF3_more", "CF3b_more")
        return [question for _, question in self.asked if question not in aside]


def persona(answers: Mapping[str, Value], situation: str = "employed") -> Persona:
    """Somebody who has just agreed, with these answers in mind."""
    return Persona(answers, somebody(situation))


def at_the_end(answers: Mapping[str, Value], situation: str = "employed") -> Persona:
    """Somebody after all three sittings."""
    someone = persona(answers, situation)
    for flow in SITTINGS:
        someone.sits(flow.name)
    return someone
