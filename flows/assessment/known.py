"""Everything known of a person that the rule reads: the sittings, and what really happened."""

from __future__ import annotations

from dataclasses import replace

from flows.assessment.evidence import score
from flows.assessment.facts import Facts
from flows.assessment.fit import ITEM, own_view
from flows.assessment.rule import Rule
from flows.assessment.scored import Scored
from flows.assessment.sittings import facts_of
from flows.longitudinal.patterns import energy_log
from flows.longitudinal.responses import logged_trials, remembered_trials
from flows.person import Person


def known(person: Person) -> Facts:
    """Return the facts of one person: what they said, what they tried, what their energy log shows."""
    facts, diary = facts_of(person.conversations), person.diary
    view = own_view(person.conversations)
    return replace(
        facts,
        answers={**facts.answers, ITEM: view} if view else facts.answers,
        trials=logged_trials(diary),
        tried=(*facts.tried, *remembered_trials(diary)),
        energy=energy_log(diary),
    )


def weighed(person: Person, rule: Rule) -> Scored:
    """Return the score of everything known of a person under the rule of A7."""
    return score(known(person), rule)
