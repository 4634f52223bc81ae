"""The coach with everything it consults, read from the data files once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalogue import load_catalogues
from bot.days import Almanac
from bot.helplines import load_helplines
from bot.lexicons import lexicons
from bot.places.gazetteer import Atlas
from bot.rendering import Voice, voices
from bot.rulebook import rulebook
from flows.coach import Coach
from flows.safety.listening import FromLists, HearsNothing


@dataclass(frozen=True)
class House:
    """The coach, and the voices that turn what it says into words."""

    coach: Coach
    voices: Mapping[str, Voice]


def furnish(*, listens: bool = False) -> House:
    """Return the coach as it is shipped. Raises FlowError or RuleError when a data file is broken.

    `listens`: by the word lists for distress. They are not shipped yet: no clinician has read them, and on
    words that they were not written with they miss too much and stop too many tired people
    (docs/discussions/safety.md).
    """
    catalogues = load_catalogues()
    words = {locale: catalogue.words for locale, catalogue in catalogues.items()}
    listener = FromLists(lexicons()) if listens else HearsNothing()
    coach = Coach(words, Atlas(), rulebook(), load_helplines(), Almanac(), listener=listener)
    return House(coach, voices(catalogues))
