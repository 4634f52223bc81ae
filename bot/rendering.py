"""From what is said to the words of a locale: HTML in Telegram's small subset, and rows of buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import unescape
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from bot.catalogue import Catalogue
from flows.engine.say import Button, CountryName, Day, Fact, Label, Say, ZoneName

WORDS_A_BUBBLE = 60
"""What a tired person reads in one go; short messages are joined up to here (voice.md)."""

ROW_WIDTH = 26
"""Letters that fit side by side on the buttons of a narrow phone."""

NUMBERS_A_ROW = 6


@dataclass(frozen=True, slots=True)
class Key:
    """One button as it is shown: its words, the token it sends, and what may be typed instead."""

    words: str
    token: str
    typed: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message in words: HTML and rows of buttons."""

    html: str
    rows: tuple[tuple[Key, ...], ...] = ()


@dataclass(frozen=True)
class Voice:
    """Speaks one locale."""

    catalogue: Catalogue
    _compiled: dict[str, Template] = field(default_factory=dict)

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            undefined=StrictUndefined, autoescape=True, finalize=self._listed, trim_blocks=True
        )
        environment.filters |= {"lines": _lines, "bullets": _bullets, "small": _small, "big": _big}
        return environment

    def bubbles(self, says: Iterable[Say]) -> list[Bubble]:
        """Return the messages in words; short ones without buttons join the one that follows."""
        joined: list[Bubble] = []
        open_to_more = False
        for say in says:
            bubble = self.bubble(say)
            if open_to_more and not say.apart and _fits(joined[-1].html, bubble.html):
                joined[-1] = Bubble(f"{joined[-1].html}\n\n{bubble.html}", bubble.rows)
            else:
                joined.append(bubble)
            open_to_more = not say.buttons and not say.apart
        return joined

    def bubble(self, say: Say) -> Bubble:
        """Return one message in words."""
        html = str(self.text(say))
        if say.foot:
            html = f"{html}\n\n<i>{self.text(say.foot)}</i>"
        return Bubble(html, self.rows(say.buttons))

    def text(self, say: Say) -> Markup:
        """Return the words of one message. A missing prompt or fact is an error of ours and raises."""
        facts = {name: self._fact(fact) for name, fact in say.facts.items()}
        return Markup(self._template(say).render(facts))  # noqa: S704 - autoescaped by the template

    def plain(self, fact: Fact) -> str:
        """Return a fact as plain words, for a place that knows no HTML."""
        return unescape(str(self._listed(self._fact(fact))))

    def _template(self, say: Say) -> Template:
        name = f"{say.prompt}:{say.variant}"
        if name not in self._compiled:
            self._compiled[name] = self._environment.from_string(self._source(say))
        return self._compiled[name]

    def _source(self, say: Say) -> str:
        templates = self.catalogue.templates
        for name in (f"{say.prompt}_{say.variant}", f"{say.prompt}.ask_{say.variant}", say.prompt):
            if name in templates:
                return templates[name]
        raise KeyError(f"prompts/{self.catalogue.locale}: {say.prompt} is missing; run `tare check`")

    def _fact(self, fact: Fact) -> object:
        match fact:
            case Label(prompt, code):
                return self.catalogue.labels[prompt][code]
            case Say():
                return self.text(fact)
            case CountryName(code):
                return _country(code, self.catalogue.locale)
            case ZoneName(zone):
                return _city(zone, self.catalogue.locale)
            case Day():
                return self._day(fact)
            case tuple():
                return [self._fact(one) for one in fact]
        return fact

    def _day(self, day: Day) -> Markup:
        zone = ZoneInfo(day.zone)
        then, today = day.at.astimezone(zone).date(), day.now.astimezone(zone).date()
        gone = (today - then).days
        if gone < 2:
            return self.text(Say("days.today" if gone < 1 else "days.yesterday"))
        name = _date(then, "EEEE" if gone < 7 else "MMMMd", self.catalogue.locale)
        return self.text(Say("days.weekday" if gone < 7 else "days.date", {"day": name}))

    def _listed(self, value: object) -> object:
        """A list in the middle of a sentence reads "a, b and c" in every language."""
        if not isinstance(value, list):
            return value
        from babel.lists import format_list  # noqa: PLC0415 - slow to import, rarely needed

        return Markup(format_list([str(escape(one)) for one in value], locale=self.catalogue.locale))  # noqa: S704

    def rows(self, buttons: Iterable[Button]) -> tuple[tuple[Key, ...], ...]:
        """Return buttons in rows: numbers side by side, short labels together, asides in the last row."""
        options = [self._key(button) for button in buttons if not button.aside]
        asides = tuple(self._key(button) for button in buttons if button.aside)
        numbers = all(key.words.isdecimal() for key in options)
        packed = _numbers(options) if numbers else _packed(options)
        return (*packed, asides) if asides else packed

    def _key(self, button: Button) -> Key:
        words = self.plain(button.label)
        return Key(f"\u2713 {words}" if button.chosen else words, button.token, button.key, button.aside)


def _packed(keys: list[Key]) -> tuple[tuple[Key, ...], ...]:
    rows: list[list[Key]] = []
    for key in keys:
        width = sum(len(other.words) for other in rows[-1]) + len(key.words) if rows else 0
        if rows and width <= ROW_WIDTH and len(rows[-1]) < 3:
            rows[-1].append(key)
        else:
            rows.append([key])
    return tuple(tuple(row) for row in rows)


def _numbers(keys: list[Key]) -> tuple[tuple[Key, ...], ...]:
    return tuple(tuple(keys[at : at + NUMBERS_A_ROW]) for at in range(0, len(keys), NUMBERS_A_ROW))


def _fits(before: str, after: str) -> bool:
    return _count(before) + _count(after) <= WORDS_A_BUBBLE


def _count(html: str) -> int:
    return len(re.sub(r"<[^>]+>", "", html).split())


def _lines(some: Iterable[object]) -> Markup:
    return Markup("\n").join(escape(one) for one in some)


def _bullets(some: Iterable[object]) -> Markup:
    return Markup("\n").join(Markup("\u2022 ") + escape(one) for one in some)


def _small(words: object) -> Markup:
    """Words as they stand inside a sentence: a label starts large, unless its second letter does too."""
    text = str(escape(words))
    return Markup(text if text[1:2].isupper() or text[:2] in ("I ", "I'") else text[:1].lower() + text[1:])  # noqa: S704


def _big(words: object) -> Markup:
    text = str(escape(words))
    return Markup(text[:1].upper() + text[1:])  # noqa: S704


def _country(code: str, locale: str) -> str:
    from babel import Locale  # noqa: PLC0415 - slow to import, rarely needed

    return str(Locale.parse(locale).territories.get(code, code))


def _city(zone: str, locale: str) -> str:
    from babel.dates import get_timezone_location  # noqa: PLC0415 - slow to import, rarely needed

    return str(get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True))


def _date(day: date, pattern: str, locale: str) -> str:
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - slow to import, rarely needed

    if pattern == "EEEE":
        return str(format_date(day, pattern, locale=locale))
    return str(format_skeleton(pattern, day, locale=locale))


def voices(catalogues: Mapping[str, Catalogue]) -> dict[str, Voice]:
    """Return one voice for each locale."""
    return {locale: Voice(catalogue) for locale, catalogue in catalogues.items()}
