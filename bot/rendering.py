"""From what is said to the words of a locale: HTML in Telegram's small subset, and rows of buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from bot.called import city_called, country_called, day_called
from bot.cards import card_of
from bot.catalogue import Catalogue
from bot.packets import Enclosed
from bot.packets.wording import packet_of
from bot.pictures import Card, Drawable, LayerLine
from bot.typography import big, bullets, capital, lines, small, stopped, unmarked
from flows.engine.say import (
    Button,
    CountryName,
    Day,
    Drawing,
    Fact,
    Label,
    OnDay,
    Picture,
    Row,
    Say,
    ZoneName,
)
from flows.longitudinal.local_time import zone_of

WORDS_A_BUBBLE = 60
"""What a tired person reads in one go; short messages are joined up to here (voice.md)."""

LETTERS_A_BUBBLE = 600
"""The same for words without spaces, so that nothing is joined to a wall of somebody's own."""

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
    card: Drawable | None = None
    file: Enclosed | None = None


@dataclass(frozen=True)
class Voice:
    """Speaks one locale, in the wording of one situation (BR10) where there is one."""

    catalogue: Catalogue
    situation: str = ""
    _compiled: dict[str, Template] = field(default_factory=dict)
    _fitting: dict[str, Voice] = field(default_factory=dict)

    @property
    def locale(self) -> str:
        """The language that is spoken."""
        return self.catalogue.locale

    def to(self, situation: str) -> Voice:
        """Return the voice for people in a situation; everything they read has its wording."""
        return self._fitting.setdefault(situation, Voice(self.catalogue, situation, self._compiled))

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            undefined=StrictUndefined, autoescape=True, finalize=self._listed, trim_blocks=True
        )
        environment.filters |= {"lines": lines, "bullets": bullets}
        environment.filters |= {
            "small": self._small,
            "big": lambda words: big(self._listed(words)),
            "stopped": lambda words: stopped(self._listed(words)),
        }
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
        card = self._card(say.picture) if say.picture else None
        file = packet_of(say.file, self) if say.file else None
        return Bubble(html, self.rows(say.buttons), card, file)

    def _card(self, picture: Drawing) -> Drawable:
        """Return a picture in plain words."""
        return self._map_card(picture) if isinstance(picture, Picture) else card_of(picture, self)

    def _map_card(self, picture: Picture) -> Card:
        lines = tuple(self._layer(row) for row in picture.rows)
        flag = self.plain(picture.flag) if picture.flag else ""
        title, subtitle = self.plain(picture.title), self.plain(picture.subtitle)
        columns = tuple(capital(self.plain(each)) for each in picture.columns or ())
        return Card(title, subtitle, lines, self.plain(picture.foot), flag, columns)

    def _layer(self, row: Row) -> LayerLine:
        word, dots = row.earlier or ("", None)
        return LayerLine(
            capital(self.plain(row.name)),
            self.plain(row.word),
            row.dots,
            tuple(self.plain(reason) for reason in row.reasons),
            row.leading,
            self.plain(word),
            dots,
        )

    def text(self, say: Say) -> Markup:
        """Return the words of one message. A missing prompt or fact is an error of ours and raises."""
        facts = {name: self._fact(fact) for name, fact in say.facts.items()}
        return Markup(self._template(say).render(facts))  # noqa: S704 - autoescaped by the template

    def plain(self, fact: Fact) -> str:
        """Return a fact as plain words, for a place that knows no HTML."""
        return unmarked(self._listed(self._fact(fact)))

    def date(self, day: date, pattern: str) -> str:
        """Return a day by a CLDR skeleton ("MMM", "MMMd"), for a place that knows no HTML."""
        return day_called(day, pattern, self.catalogue.locale)

    def _template(self, say: Say) -> Template:
        name = f"{say.prompt}:{say.variant or self.situation}"
        if name not in self._compiled:
            self._compiled[name] = self._environment.from_string(self._source(say))
        return self._compiled[name]

    def _source(self, say: Say) -> str:
        templates = self.catalogue.templates
        variant = say.variant or self.situation
        for name in (f"{say.prompt}_{variant}", f"{say.prompt}.ask_{variant}", say.prompt):
            if name in templates:
                return templates[name]
        raise KeyError(f"prompts/{self.catalogue.locale}: {say.prompt} is missing; run `tare check`")

    def _fact(self, fact: Fact) -> object:
        match fact:
            case Label(prompt, code):
                return self.catalogue.label(prompt, code, self.situation)
            case Say():
                return self.text(fact)
            case CountryName(code):
                return country_called(code, self.catalogue.locale)
            case ZoneName(zone):
                return city_called(zone, self.catalogue.locale)
            case Day():
                return self._day(fact)
            case OnDay(day):
                return ", ".join(day_called(day, part, self.catalogue.locale) for part in ("EEEE", "MMMMd"))
            case tuple():
                return [self._fact(one) for one in fact]
        return fact

    def _day(self, day: Day) -> Markup:
        zone = zone_of(day.zone)
        then, today = day.at.astimezone(zone).date(), day.now.astimezone(zone).date()
        gone = (today - then).days
        if gone < 2:
            return self.text(Say("days.today" if gone < 1 else "days.yesterday"))
        name = day_called(then, "EEEE" if gone < 7 else "MMMMd", self.catalogue.locale)
        return self.text(Say("days.weekday" if gone < 7 else "days.date", {"day": name}))

    def _listed(self, value: object) -> object:
        """A list in the middle of a sentence reads "a, b and c" in every language."""
        if not isinstance(value, list):
            return value
        from babel.lists import format_list  # noqa: PLC0415 - slow to import, rarely needed

        return Markup(format_list([str(escape(one)) for one in value], locale=self.catalogue.locale))  # noqa: S704

    def _small(self, words: object) -> object:
        """Words as they stand inside a sentence; of a list every one."""
        return self._listed([small(word) for word in words] if isinstance(words, list) else small(words))

    def rows(self, buttons: Iterable[Button]) -> tuple[tuple[Key, ...], ...]:
        """Return buttons in rows: numbers side by side, short labels together, asides in the last row."""
        options = [self._key(button) for button in buttons if not button.aside]
        asides = tuple(self._key(button) for button in buttons if button.aside)
        numbers = list(takewhile(_is_a_number, options))
        rows = (*_numbers(numbers), *_packed(options[len(numbers) :]))
        return (*rows, asides) if asides else rows

    def _key(self, button: Button) -> Key:
        words = self.plain(button.label)
        return Key(f"\u2713 {words}" if button.chosen else words, button.token, button.key, button.aside)


def _is_a_number(key: Key) -> bool:
    return key.words.removeprefix("\u2713 ").isdecimal()


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
    """Rows of about the same length, so that no number hangs alone below the others."""
    rows = -(-len(keys) // NUMBERS_A_ROW)
    width = -(-len(keys) // rows) if rows else 1
    return tuple(tuple(keys[at : at + width]) for at in range(0, len(keys), width))


def _fits(before: str, after: str) -> bool:
    few_words = _count(before) + _count(after) <= WORDS_A_BUBBLE
    return few_words and len(before) + len(after) <= LETTERS_A_BUBBLE


def _count(html: str) -> int:
    return len(re.sub(r"<[^>]+>", "", html).split())


def voices(catalogues: Mapping[str, Catalogue]) -> dict[str, Voice]:
    """Return one voice for each locale."""
    return {locale: Voice(catalogue) for locale, catalogue in catalogues.items()}
