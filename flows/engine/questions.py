"""Kinds of questions. Each turns what was typed or tapped into a value, or says why it cannot.

A question knows codes, never words: the labels come from the prompts of the person's locale, and are
looked up under the name of the question's prompt.
"""

from __future__ import annotations

import re

from flows.engine.answers import Rejected, Value
from flows.engine.places import offset_of, parse_local_time, parse_offset
from flows.engine.say import CountryName, Label, ZoneName
from flows.engine.understanding import agrees, nearest, numbers, plain
from flows.engine.words import Ear, Words


class Question:
    """What all kinds share.

    `skippable`: it may stay open. `depends_on`: questions whose change makes this answer stale.
    `explained`: its prompt says why it is asked.
    """

    kind = ""
    labelled: tuple[str, ...] = ()
    """The codes that need a label in every locale; numbers speak for themselves."""

    def __init__(
        self, *, skippable: bool = True, depends_on: tuple[str, ...] = (), explained: bool = True
    ) -> None:
        self.skippable = skippable
        self.depends_on = depends_on
        self.explained = explained

    def offers(self, prompt: str, ear: Ear) -> tuple[str, ...]:
        """Return the codes shown as buttons, in order."""
        del prompt, ear
        return self.labelled

    def obvious(self, ear: Ear) -> Value:
        """Return the only answer there can be, None when a person has to be asked."""
        del ear
        return None

    def label(self, prompt: str, code: str) -> Label | CountryName | ZoneName | int:
        """Return what stands on the button of a code."""
        return Label(prompt, code)

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the value that the text means, or why it is none. Never raises."""
        raise NotImplementedError

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        """Return the value of a tapped code; a client may send one that no button had."""
        del ear
        return code if code in self.labelled else Rejected("engine.not_an_option")

    def holds(self, value: Value) -> bool:
        """Return whether a stored value still answers this question: flows change between releases."""
        return value is None or value in self.labelled


class Choice(Question):
    """One of a few options. A number typed alone means the option at that place, from 1."""

    kind = "choice"

    def __init__(
        self, *codes: str, skippable: bool = True, depends_on: tuple[str, ...] = (), explained: bool = True
    ) -> None:
        super().__init__(skippable=skippable, depends_on=depends_on, explained=explained)
        self.labelled = codes

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        labels = _labels(ear.words, prompt, self.labelled)
        exact = plain(text)
        for code, label in labels.items():
            if plain(label) == exact:
                return code
        place = _lone_number(text, ear.words)
        if place is not None:
            return self._at(place)
        found = nearest(text, labels)
        return found if found is not None else self._yes_or_no(text, ear.words)

    def _at(self, place: float) -> Value | Rejected:
        if place.is_integer() and 1 <= place <= len(self.labelled):
            return self.labelled[int(place) - 1]
        return Rejected("engine.not_on_list", {"count": len(self.labelled)})

    def _yes_or_no(self, text: str, words: Words) -> Value | Rejected:
        agreed = agrees(text, words) if {"yes", "no"} <= set(self.labelled) else None
        if agreed is None:
            return Rejected("engine.not_an_option")
        return "yes" if agreed else "no"


class Confirm(Choice):
    """Yes or no, in the words of its buttons or any other."""

    kind = "confirm"

    def __init__(
        self, *, skippable: bool = True, depends_on: tuple[str, ...] = (), explained: bool = True
    ) -> None:
        super().__init__("yes", "no", skippable=skippable, depends_on=depends_on, explained=explained)


class MultiChoice(Question):
    """Any of a few options; `alone` are those that exclude all others and answer at once.

    Taps set or clear one option each, so that a tap which arrives twice changes nothing.
    """

    kind = "multi_choice"

    def __init__(
        self,
        *codes: str,
        alone: tuple[str, ...] = (),
        skippable: bool = True,
        depends_on: tuple[str, ...] = (),
        explained: bool = True,
    ) -> None:
        super().__init__(skippable=skippable, depends_on=depends_on, explained=explained)
        self.labelled = codes
        self.alone = alone

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        labels = _labels(ear.words, prompt, self.labelled)
        whole = nearest(text, labels)
        if whole is not None:
            return (whole,)
        parts = [part for part in re.split(r"[,;\n/+&]|\s+(?:and|und|y|et|и)\s+", text) if plain(part)]
        found = {self._one(part, labels, ear.words) for part in parts}
        if not found or None in found:
            none = agrees(text, ear.words) is False and "no" in self.labelled
            return ("no",) if none else Rejected("engine.not_these", {"count": len(self.labelled)})
        return self.gathered(code for code in found if code is not None)

    def _one(self, part: str, labels: dict[str, str], words: Words) -> str | None:
        place = _lone_number(part, words)
        if place is None:
            return nearest(part, labels)
        inside = place.is_integer() and 1 <= place <= len(self.labelled)
        return self.labelled[int(place) - 1] if inside else None

    def gathered(self, codes: object) -> tuple[str, ...]:
        """Return the codes as one value: in the author's order, an exclusive one alone."""
        chosen = set(codes) if not isinstance(codes, str) else {codes}  # type: ignore[call-overload]
        for code in self.alone:
            if code in chosen and len(chosen) > 1:
                chosen.discard(code)
        return tuple(code for code in self.labelled if code in chosen)

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, tuple) and set(value) <= set(self.labelled))


class Scale(Question):
    """A whole number from `low` to `high`. `named` scales show words instead of numbers."""

    kind = "scale"

    def __init__(
        self,
        low: int,
        high: int,
        *,
        named: bool = False,
        skippable: bool = True,
        depends_on: tuple[str, ...] = (),
        explained: bool = True,
    ) -> None:
        super().__init__(skippable=skippable, depends_on=depends_on, explained=explained)
        self.low, self.high, self.named = low, high, named
        self._codes = tuple(str(number) for number in range(low, high + 1))
        self.labelled = self._codes if named else ()

    def offers(self, prompt: str, ear: Ear) -> tuple[str, ...]:
        del prompt, ear
        return self._codes

    def label(self, prompt: str, code: str) -> Label | CountryName | ZoneName | int:
        return Label(prompt, code) if self.named else int(code)

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        if self.named:
            found = nearest(text, _labels(ear.words, prompt, self.labelled))
            if found is not None:
                return int(found)
        named = numbers(text, ear.words)
        if not named:
            return Rejected("engine.not_an_option" if self.named else "engine.no_number", self._ends)
        if len(named) > 1:
            return Rejected("engine.several_numbers", self._ends)
        if not named[0].is_integer():
            return Rejected("engine.not_whole", self._ends)
        return self._inside(int(named[0]))

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        del ear
        return int(code) if code in self._codes else Rejected("engine.not_on_scale", self._ends)

    def _inside(self, number: int) -> Value | Rejected:
        return number if self.low <= number <= self.high else Rejected("engine.not_on_scale", self._ends)

    @property
    def _ends(self) -> dict[str, int]:
        return {"low": self.low, "high": self.high}

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, int) and self.low <= value <= self.high)


class FreeText(Question):
    """Words of their own, up to `longest` characters: never cut, and never kept when too long."""

    kind = "free_text"

    def __init__(
        self,
        longest: int = 1500,
        *,
        skippable: bool = True,
        depends_on: tuple[str, ...] = (),
        explained: bool = True,
    ) -> None:
        super().__init__(skippable=skippable, depends_on=depends_on, explained=explained)
        self.longest = longest

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        del prompt, ear
        kept = text.replace("\x00", "").strip()
        if not plain(kept):
            return Rejected("engine.no_words")
        if len(kept) > self.longest:
            return Rejected("engine.too_long", {"count": len(kept), "longest": self.longest})
        return kept

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, str) and len(value) <= self.longest)


class Place(Question):
    """A country (ISO code), or a time zone (IANA name) from a city, a local time or an offset."""

    kind = "place"

    def __init__(
        self,
        what: str,
        *,
        skippable: bool = True,
        depends_on: tuple[str, ...] = (),
        explained: bool = True,
    ) -> None:
        super().__init__(skippable=skippable, depends_on=depends_on, explained=explained)
        self.what = what

    def offers(self, prompt: str, ear: Ear) -> tuple[str, ...]:
        if self.what == "country":
            return tuple(ear.words.labels.get(prompt, {}))
        zones = ear.places.zones(ear.country) if ear.country else ()
        return zones if len(zones) <= 6 else ()

    def obvious(self, ear: Ear) -> Value:
        """A country with one clock leaves nothing to ask about the time zone."""
        zones = ear.places.zones(ear.country) if self.what == "zone" and ear.country else ()
        return zones[0] if len(zones) == 1 else None

    def label(self, prompt: str, code: str) -> Label | CountryName | ZoneName | int:
        return CountryName(code) if self.what == "country" else ZoneName(code)

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        if self.what == "zone":
            return self._zone(text, ear)
        labels = ear.words.labels.get(prompt, {})
        found = nearest(text, labels)
        codes = (found,) if found else ear.places.countries(text, ear.words.locale)
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
            return code if ear.places.zones(code) else Rejected("engine.no_country")
        return code if self.holds(code) else Rejected("engine.no_zone")

    def holds(self, value: Value) -> bool:
        if value is None:
            return True
        pattern = r"[A-Z]{2}" if self.what == "country" else r"[A-Za-z0-9_+/-]{2,32}"
        return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _labels(words: Words, prompt: str, codes: tuple[str, ...]) -> dict[str, str]:
    known = words.labels.get(prompt, {})
    return {code: known[code] for code in codes if code in known}


def _lone_number(text: str, words: Words) -> float | None:
    said = plain(text).removesuffix(".")
    if said.isdigit() or said in words.numbers:
        found = numbers(said, words)
        return found[0] if found else None
    return None


def _only(codes: tuple[str, ...], none: str, several: str) -> Value | Rejected:
    if not codes:
        return Rejected(none)
    return codes[0] if len(codes) == 1 else Rejected(several, codes=codes)
