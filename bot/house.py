"""The coach with everything it consults, read from the data files once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalogue import load_catalogues
from bot.days import Almanac
from bot.helplines import load_helplines
from bot.places.gazetteer import Atlas
from bot.rendering import Voice, voices
from bot.rulebook import rulebook
from flows.coach import Coach


@dataclass(frozen=True)
class House:
    """The coach, and the voices that turn what it says into words."""

    coach: Coach
    voices: Mapping[str, Voice]


def furnish() -> House:
    """Return the coach as it is shipped. Raises FlowError or RuleError when a data file is broken."""
    catalogues = load_catalogues()
    words = {locale: catalogue.words for locale, catalogue in catalogues.items()}
    coach = Coach(words, Atlas(), rulebook(), load_helplines(), Almanac())
    return House(coach, voices(catalogues))
