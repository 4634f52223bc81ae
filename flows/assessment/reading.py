"""Everything that one map is made of, looked up once: what is known, its sum, what may be named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flows.assessment.battery import BATTERY
from flows.assessment.certainty import may_be_named
from flows.assessment.evidence import score
from flows.assessment.explanations import Explanation
from flows.assessment.facts import Facts
from flows.assessment.inventory import INVENTORY
from flows.assessment.known import known
from flows.assessment.rule import Rule
from flows.assessment.scored import Scored
from flows.assessment.severity import HEAVY, is_severe
from flows.assessment.sittings import CONFUSABLE, SITTINGS
from flows.assessment.sketch import SKETCH
from flows.assessment.standing import as_they_stand
from flows.assessment.what_ifs import LOW
from flows.engine.conversation import Conversation
from flows.person import Person

LIGHT = 3
"""Heaviness up to which nothing needs an explanation (O2, A3)."""

HARMED = "3"
"""The code of e1 for harm: then nothing is suggested that asks to stay (BR5)."""

ON_LEAVE = "leave"


@dataclass(frozen=True)
class Reading:
    """One person at one moment under one rule. Pure; what is asked for is computed once.

    `conversations` are those that stand: what was asked again is in its first place.
    """

    person: Person
    rule: Rule
    now: datetime
    facts: Facts
    result: Scored
    conversations: Mapping[str, Conversation]

    @property
    def sketch(self) -> Conversation:
        return self.conversations[SKETCH.name]

    @cached_property
    def named(self) -> tuple[Explanation, ...]:
        """What leads; none when it is not clear, or not earned at this tier."""
        return may_be_named(self.result)

    @property
    def is_first(self) -> bool:
        """Whether nothing is known but the sketch: then it is a first hunch at most."""
        sat = {INVENTORY.name, BATTERY.name} & self.conversations.keys()
        return not (sat or self.something_happened)

    @property
    def something_happened(self) -> bool:
        """Whether a trial came to something, or an energy log shows a pattern."""
        energy = self.facts.energy
        return bool(self.facts.trials or (energy and energy.letters))

    @property
    def on_leave(self) -> bool:
        situation = self.person.situation or self.sketch.about.get("situation", "")
        return situation == ON_LEAVE

    @property
    def harmed(self) -> bool:
        return self.facts.code("e1") == HARMED

    @property
    def heaviness(self) -> int | None:
        """How heavy a workday is by now: the latest week that says so, else the first answer."""
        told = (week.workday for week in reversed(self.person.diary.weeks) if week.workday is not None)
        return next(told, self.facts.number("O2"))

    @property
    def is_light(self) -> bool:
        return self.heaviness is not None and self.heaviness <= LIGHT

    @property
    def is_heavy(self) -> bool:
        """Capacity is cared for first then, whatever leads (A2)."""
        return self.heaviness is not None and self.heaviness >= HEAVY

    @cached_property
    def is_severe(self) -> bool:
        return is_severe(self.facts)

    @property
    def nothing_lifts(self) -> bool:
        return LOW in self.result.reasons

    @property
    def outside_comes_first(self) -> bool:
        """Something goes on outside work, and of the five nothing is in the picture."""
        return self.result.out_flag and not self.result.picture and not self.nothing_lifts

    @cached_property
    def left_open(self) -> int:
        """How many questions were skipped, or are still to come in a sitting that has begun."""
        return sum(there.value(step) is None for there, step in self._asked)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to go on: most was left open, and the rest points nowhere."""
        points_somewhere = any(piece.points > 0 for piece in self.result.evidence)
        return not points_somewhere and 2 * self.left_open > len(self._asked)

    @cached_property
    def _asked(self) -> list[tuple[Conversation, str]]:
        there = [
            (flow, self.conversations[flow.name]) for flow in SITTINGS if flow.name in self.conversations
        ]
        return [(conversation, step) for flow, conversation in there for step in flow.steps(conversation)]

    @cached_property
    def in_order(self) -> tuple[Explanation, ...]:
        """The five: what leads, as the headline names it, then the others, the strongest first."""
        others = [each for each in Explanation if each not in self.named]
        return (*self.named, *sorted(others, key=lambda each: -self.result.points[each]))

    @cached_property
    def pair(self) -> tuple[Explanation, Explanation]:
        """What leads with its nearest rival, or the two that cannot be told apart."""
        if len(self.named) > 1:
            return self.named[0], self.named[1]
        if self.named:
            return self.named[0], self._rival(self.named[0])
        first = next(each for each in (*self.result.live, *self.in_order) if each not in self._out)
        return first, (self._rival(first) if self.is_light else self._next_to(first))

    @property
    def _out(self) -> frozenset[Explanation]:
        """A heavy day, and harm, are more than irritation (A7.6, X15)."""
        heaviness = self.facts.number("O2") or 0
        out = self.harmed or heaviness >= self.rule.picture.no_irritation_from
        return frozenset({Explanation.IRR} if out else ())

    def _rival(self, lead: Explanation) -> Explanation:
        """The strongest of those that a lead is easily taken for, the likeliest mistake where they tie."""
        return max(CONFUSABLE[lead], key=lambda each: self.result.points[each])

    def _next_to(self, first: Explanation) -> Explanation:
        """The strongest of the others; where several are as weak, the one it is most easily taken for."""
        others = [each for each in Explanation if each is not first and each not in self._out]
        by_mistake = [each for each in CONFUSABLE[first] if each in others]
        return max(dict.fromkeys((*by_mistake, *others)), key=lambda each: self.result.points[each])


def read(person: Person, rule: Rule, now: datetime) -> Reading:
    """Return the reading of a person who has at least begun the sketch."""
    facts = known(person)
    return Reading(person, rule, now, facts, score(facts, rule), as_they_stand(person.conversations))
