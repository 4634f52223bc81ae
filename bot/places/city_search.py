"""Which cities a text means: by name, by name and state, behind "near", by a near miss."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product

from bot.places.cities import Cities, Named, Town
from bot.places.regions import Region, regions_called
from bot.places.sentences import behind_prepositions, core_of, cores
from bot.places.zones import year_of

MOST_CITIES = 4
RIVAL = 10  # a city this many times smaller than its namesake is not meant
BY_ANOTHER_NAME = 10  # a city is this much less likely to be meant by a name it is not listed under
WELL_KNOWN = 50_000  # people: smaller cities are not looked for in the middle of a sentence, nor abroad
FAMOUS = 1_000_000  # people: smaller cities are not looked for by a misspelt name abroad


class CitySearch:
    """Returns at most four towns, most likely first; those of `country`, if any, hide the others."""

    def __init__(self, cities: Cities) -> None:
        self._cities = cities

    def spelt_right(self, words: Sequence[str], country: str | None, now: datetime) -> tuple[Town, ...]:
        """Return towns with exactly a name in the text; "London, Ontario" says itself which one."""
        for name in cores(words):
            if found := self._cities.named(name) or self._qualified(name.split()):
                return _chosen(found, country, now)
        for phrase in behind_prepositions(words):
            if known := [town for town in self._cities.named(phrase) if town.town.people >= WELL_KNOWN]:
                return _chosen(known, country, now)
        return ()

    def misspelt(self, words: Sequence[str], country: str | None, now: datetime) -> tuple[Town, ...]:
        """Return towns with a name like all of the text: of the country, else big ones of the world."""
        name = core_of(words)
        near = self._cities.like(name, country) if country else ()
        least = FAMOUS if country else 0
        abroad = () if near else [town for town in self._cities.like(name, None) if town.town.people >= least]
        return _chosen(near or abroad, country, now)

    def _qualified(self, words: Sequence[str]) -> tuple[Named, ...]:
        for size in range(1, min(4, len(words))):
            regions = regions_called(" ".join(words[-size:]))
            for name, region in product(cores(words[:-size]) if regions else (), regions):
                if towns := tuple(town for town in self._cities.named(name) if _lies_in(town.town, region)):
                    return towns
        return ()


def _chosen(towns: Iterable[Named], country: str | None, now: datetime) -> tuple[Town, ...]:
    likely = sorted(towns, key=_likelihood, reverse=True)
    abroad = [town for town in likely if country is None or _likelihood(town) >= WELL_KNOWN]
    here = [town for town in likely if town.town.country == country] or abroad
    kept: dict[tuple[str, tuple[int, ...]], Town] = {}
    for named in here:
        if _likelihood(named) * RIVAL >= _likelihood(here[0]):
            kept.setdefault((named.town.country, year_of(named.town.zone, now)), named.town)
    return tuple(kept.values())[:MOST_CITIES]


def _likelihood(named: Named) -> float:
    return named.town.people / (1 if named.first else BY_ANOTHER_NAME)


def _lies_in(town: Town, region: Region) -> bool:
    return town.country == region.country and region.code in ("", town.region)
