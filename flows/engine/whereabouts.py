"""Questions about where somebody is and what their clock shows."""

from __future__ import annotations

import re
from typing import Unpack

from flows.engine.answers import Rejected, Value
from flows.engine.numerals import place
from flows.engine.places import offset_of, parse_local_time, parse_offset
from flows.engine.question import Face, Option, Question, Shared
from flows.engine.say import CountryName, ZoneName
from flows.engine.words import Ear, Words

MOST_ZONES = 6
"""Zones that are shown as buttons; of a country with more, people name their city or their time."""


class Place(Question):
    """A country (ISO code), or a time zone (IANA name) from a city, a local time or an offset."""

    kind = "place"

    def __init__(self, what: str, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.what = what

    def options(self, prompt: str, ear: Ear) -> tuple[Option, ...]:
        """Return what was narrowed down to, else the usual countries, or the zones of a country with few.

        Those zones have no number: a lone "2" in answer to "what time is it?" may be a time.
        """
        if self.what == "country":
            codes, numbered = ear.offered or tuple(self.labels(prompt, ear.words)), True
        else:
            codes, numbered = ear.offered or self._few_zones(ear), bool(ear.offered)
        return tuple(
            Option(code, self.label(prompt, code), str(place) if numbered else "")
            for place, code in enumerate(codes, start=1)
        )

    def _few_zones(self, ear: Ear) -> tuple[str, ...]:
        zones = ear.places.zones(ear.country) if ear.country else ()
        return zones if len(zones) <= MOST_ZONES else ()

    def obvious(self, ear: Ear) -> Value:
        """A country with one clock leaves nothing to ask about the time zone."""
        zones = ear.places.zones(ear.country) if self.what == "zone" and ear.country else ()
        return zones[0] if len(zones) == 1 else None

    def label(self, prompt: str, code: str) -> Face:
        return CountryName(code) if self.what == "country" else ZoneName(code)

    def labels(self, prompt: str, words: Words) -> dict[str, str]:
        return dict(words.labels.get(prompt, {}))

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        number = str(place(text, ear.words))
        for option in self.options(prompt, ear):
            if option.key == number:
                return option.code
        return self._zone(text, ear) if self.what == "zone" else self._country(text, prompt, ear)

    def _country(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Near misses are left to the gazetteer, which knows that Iceland is not a slip for Ireland."""
        exact = self.button_that_says(text, prompt, ear.words)
        codes = (exact,) if exact else ear.places.countries(text, ear.words.locale)
        return _only(codes, "engine.no_country", "engine.which_country")

    def _zone(self, text: str, ear: Ear) -> Value | Rejected:
        offset = parse_offset(text)
        if offset is None:
            clock = parse_local_time(text)
            offset = offset_of(clock, ear.now) if clock else None
        if offset is not None:
            zones = ear.places.zones_at(offset, ear.now, ear.country)
            return zones[0] if zones else Rejected("engine.no_zone")
        cities = ear.places.cities(text, ear.country)
        zones = tuple(dict.fromkeys(city.zone for city in cities))
        return _only(zones, "engine.no_zone", "engine.which_zone")

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        if self.what == "country":
            known = code in ear.offered or (self.holds(code) and ear.places.zones(code))
            return code if known else Rejected("engine.no_country")
        there = ear.offered or (ear.places.zones(ear.country) if ear.country else ())
        return code if code in there else Rejected("engine.no_zone")

    def holds(self, value: Value) -> bool:
        if value is None:
            return True
        pattern = r"[A-Z]{2}" if self.what == "country" else r"[A-Za-z0-9_+/-]{2,32}"
        return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _only(codes: tuple[str, ...], none: str, several: str) -> Value | Rejected:
    if not codes:
        return Rejected(none)
    return codes[0] if len(codes) == 1 else Rejected(several, codes=codes)
