"""The coach with everything it consults, read from the data files once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalogue import load_catalogues
from bot.days import Almanac
from bot.ears import Ears
from bot.helplines import load_helplines
from bot.places.gazetteer import Atlas
from bot.rendering import Voice, voices
from bot.rulebook import rulebook
from flows.coach import Coach
from flows.safety.listening import HearsNothing
from flows.safety.structural import weighing_by


@dataclass(frozen=True)
class House:
    """The coach, and the voices that turn what it says into words."""

    coach: Coach
    voices: Mapping[str, Voice]


def furnish(*, listens: bool = True, contact: str = "") -> House:
    """Return the coach as it is shipped. Raises FlowError or RuleError when a data file is broken.

    `listens`: to distress in words (docs/discussions/safety.md says how much of it is heard). `contact`: who
    answers for reports about safety, as `/privacy` names them.
    """
    catalogues = load_catalogues()
    words = {locale: catalogue.words for locale, catalogue in catalogues.items()}
    listener = Ears() if listens else HearsNothing()
    rule = rulebook()
    weighs = weighing_by(rule.what_ifs)
    coach = Coach(
        words,
        Atlas(),
        rule,
        load_helplines(),
        Almanac(),
        listener=listener,
        weighs=weighs,
        contact=contact,
    )
    return House(coach, voices(catalogues))
