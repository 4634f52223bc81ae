"""Whether a text says that somebody may be in danger (safety.md C2, C3). A floor, never a clearance.

Deterministic: the same words are always found, in every language at once, whatever language the chat is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flows.safety.lexicon import Lexicons, Section
from flows.safety.matching import Places, cover, ends
from flows.safety.normalising import words_of
from flows.safety.tongues import foreign_in

Kind = Literal["explicit", "unsure", "violence", "oblique", "under_18", "other", "harm", "denial"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says, in which language (ISO 639-1), and the rule that found it; never the text itself.

    `unsure`: words as of danger that everyday talk has too. `other`: somebody else's suicide, or wish to die.
    `denial`: says by themselves that it is not that. `guessed`: most likely meant so, by what it is like.
    """

    kind: Kind
    language: str
    rule: str
    guessed: bool = False


LONGEST = 4096
"""Characters that are looked at; a message of Telegram has no more."""


def found_in(text: str, lexicons: Lexicons) -> Found | None:
    """Return the gravest of what the text says; None when it says nothing of the kind."""
    return next(iter(all_found_in(text, lexicons)), None)


def all_found_in(text: str, lexicons: Lexicons) -> tuple[Found, ...]:
    """Return what the text says, the gravest first, one of each kind.

    What is said of others, in idioms or in denials is covered before the rest is looked at, so none of it
    is taken for a wish to die; and what is left still counts beside any of them.
    """
    words = words_of(text[:LONGEST])
    places = Places.of(words, lexicons.vocabulary)
    places.foreign = foreign_in(words, lexicons.small, lexicons.languages)
    for word in lexicons.me:
        places.barred |= places.of_word(word)
    other = _covering("third_person", "other", places, lexicons)
    _covering("idioms", "other", places, lexicons)
    denial = _covering("denials", "denial", places, lexicons)
    places.barred = 0
    found = (
        _first("explicit", "explicit", places, lexicons),
        _first("unsure", "unsure", places, lexicons),
        _first("violence", "violence", places, lexicons),
        _first("oblique", "oblique", places, lexicons),
        _first("under_18", "under_18", places, lexicons),
        other,
        _first("harm", "harm", places, lexicons),
        denial,
    )
    return tuple(each for each in found if each is not None)


def _first(section: Section, kind: Kind, places: Places, lexicons: Lexicons) -> Found | None:
    for language, rule in lexicons.sections[section].possible(places.present):
        places.turn_to(language)
        if ends(rule.pattern, places.everywhere, places):
            return Found(kind, language, rule.id)
    return None


def _covering(section: Section, kind: Kind, places: Places, lexicons: Lexicons) -> Found | None:
    """Cover all that this list finds, and return the first of it."""
    found = None
    for language, rule in lexicons.sections[section].possible(places.present):
        places.turn_to(language)
        if cover(rule.pattern, places) and found is None:
            found = Found(kind, language, rule.id)
    return found
