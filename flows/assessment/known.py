"""Everything known of a person that the rule reads: the sittings, and what really happened."""

from __future__ import annotations

from flows.assessment.evidence import score
from flows.assessment.facts import Facts
from flows.assessment.rule import Rule
from flows.assessment.scored import Scored
from flows.assessment.sittings import facts_of
from flows.person import Person


def known(person: Person) -> Facts:
    """Return the facts of one person."""
    return facts_of(person.conversations)


def weighed(person: Person, rule: Rule) -> Scored:
    """Return the score of everything known of a person under the rule of A7."""
    return score(known(person), rule)
