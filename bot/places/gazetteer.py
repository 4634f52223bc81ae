"""From what a tired person types to a country and a time zone: GeoNames, CLDR names and the zone database.

Nothing is read before the first question; the first one about a city or a zone takes half a second.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property

from bot.places.cities import Cities, Town
from bot.places.city_search import CitySearch
from bot.places.country_names import (
    SURE,
    Codes,
    Mention,
    capital_of,
    code_in,
    country_names,
    distinct,
    flags_in,
)
from bot.places.folding import folded
from bot.places.sentences import core_of, words_of
from bot.places.zones import country_of_zone, distinct_zones, offset_at, zone_by_hours
from flows.engine.places import DAY, City

# Locales tried when the person's own knows no such country.
OFTEN_TYPED = ("de", "es", "fr", "ru", "pt", "it")
BIG = 100_000  # people: a smaller city than this tells no country, unless it is the capital
FAMOUS = 1_000_000  # the same where the name is misspelt, or is short and not the one on maps


def utc_now() -> datetime:
    return datetime.now(UTC)


class Atlas:
    """The `Gazetteer` of the program. `clock` decides which zones count as the same today.

    "Georgia" means the country or the state: both codes are returned, unless another place in the text
    settles it ("Tbilisi, Georgia", "Georgia, USA"). Several countries in a text are returned in its order.
    """

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock
        self._cities = Cities()
        self._search = CitySearch(self._cities)

    def countries(self, text: str, locale: str) -> tuple[str, ...]:
        """ISO codes meant, best first: by flag, code or name, then by city, then by a near miss of either."""
        words = words_of(text)
        if sure := flags_in(text) or code_in(text, core_of(words)):
            return sure
        mentions = country_names(locale).inside(words)
        return self._settled(mentions, words) if mentions else self._unnamed(words, locale)

    def cities(self, text: str, country: str | None) -> tuple[City, ...]:
        """Cities meant, most likely first. One in `country` hides its namesakes elsewhere.

        A state, province or country behind the name decides ("London, Ontario"), and so does an IANA zone.
        """
        if zone := _zone_typed(text):
            return zone
        words, now, search = words_of(text), self._clock(), self._search
        towns = search.spelt_right(words, country, now) or search.misspelt(words, country, now)
        return tuple(City(town.name, town.country, town.zone) for town in towns)

    def zones(self, country: str) -> tuple[str, ...]:
        """Zones of a country that differ in the coming year, biggest population first; () unknown."""
        return distinct_zones(self._zones_of(country), self._people.get(country, {}), self._clock())

    def zones_at(self, offset: int, now: datetime, country: str | None) -> tuple[str, ...]:
        """Zones that show UTC plus `offset` minutes at `now`: of the country, or of the world, by size.

        Offsets a day apart show the same time on a wall: +14 finds -10 too, after its own. With a country and
        nobody there at that time: (). Without one, the last is a plain offset (Etc/GMT-3) where there is one.
        """
        zones = self._zones_of(country) if country else tuple(country_of_zone())
        people = self._people.get(country, {}) if country else self._people_anywhere
        shown = [zone for zone in zones if (offset_at(zone, now) - offset) % DAY == 0]
        by_people = distinct_zones(shown, people, now)
        found = sorted(by_people, key=lambda zone: offset_at(zone, now) != offset)
        plain = None if country else zone_by_hours(offset)
        return (*found, plain) if plain else tuple(found)

    def _settled(self, mentions: Sequence[Mention], words: Sequence[str]) -> Codes:
        named = [mention.codes for mention in mentions if mention.codes]
        common = [code for code in named[0] if all(code in codes for codes in named)] if named else []
        if len(named) == 1 and len(common) > 1:
            return self._settled_by_city(mentions[0], words) or tuple(common)
        return tuple(common) or distinct(code for codes in named for code in codes)

    def _settled_by_city(self, mention: Mention, words: Sequence[str]) -> Codes:
        rest = core_of([*words[: mention.start], *words[mention.end :]])
        homes = {town.country for town, _ in self._cities.named(rest)} if rest else set()
        return tuple(code for code in mention.codes if code in homes)

    def _unnamed(self, words: Sequence[str], locale: str) -> Codes:
        names, core, now = country_names(locale), core_of(words), self._clock()
        least = BIG if len(" ".join(words)) > 4 else FAMOUS
        homes = _homes(self._search.spelt_right(words, None, now), least, core)
        if found := distinct((*names.near(core, SURE), *homes)):
            return found
        for other in OFTEN_TYPED:
            if mentions := country_names(other).inside(words):
                return self._settled(mentions, words)
        return names.near(core) or _homes(self._search.misspelt(words, None, now), FAMOUS)

    def _zones_of(self, country: str) -> tuple[str, ...]:
        listed = tuple(zone for zone, home in country_of_zone().items() if home == country)
        return listed or tuple(self._people.get(country, {}))

    @cached_property
    def _people(self) -> Mapping[str, Counter[str]]:
        return self._cities.people()

    @cached_property
    def _people_anywhere(self) -> Mapping[str, int]:
        return sum(self._people.values(), Counter())


def _homes(towns: Iterable[Town], least: int, name: str = "") -> Codes:
    """Return the countries of the towns with so many people, of capitals, of big towns listed as `name`."""
    return distinct(
        town.country
        for town in towns
        if town.people >= (BIG if folded(town.name) == name else least)
        or capital_of(town.country) == folded(town.name)
    )


def _zone_typed(text: str) -> tuple[City, ...]:
    wanted = text.strip().replace(" ", "_").casefold()
    found = [zone for zone in country_of_zone() if zone.casefold() == wanted]
    return tuple(
        City(zone.rpartition("/")[2].replace("_", " "), country_of_zone()[zone], zone) for zone in found
    )
