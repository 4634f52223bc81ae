"""Money as people write it, and written like theirs: "2.400 €", "$3,500", "CHF 5k", "3 500 kr", "2400".

An amount is a whole number of hundredths of its currency. Nothing is converted: what a sign stands for is
only looked up to see whether two amounts can be added at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flows.engine.small_words import FILLERS
from flows.engine.spelling import ascii_digits, words_of

MOST = 10**10 * 100
"""Hundredths; a month in the smallest currencies stays far below it."""

LONGEST = 60
"""Letters; whoever writes more tells a story, and a number in it may be anything."""

Why = Literal["none", "several", "negative", "too_much", "not_monthly"]
"""Why a text is no amount: no number, more than one, below zero, too large, by the year or the hour."""

_SIGNS = {
    **{"€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₩": "KRW", "₪": "ILS"},
    **{"₫": "VND", "₦": "NGN", "₸": "KZT", "₱": "PHP", "฿": "THB", "zł": "PLN", "kč": "CZK", "ft": "HUF"},
    **{"¥": "JPY CNY", "kr": "SEK NOK DKK ISK", "r$": "BRL", "us$": "USD", "a$": "AUD", "c$": "CAD"},
    **{"$": "USD CAD AUD NZD SGD HKD MXN CLP COP ARS", "fr": "CHF", "sfr": "CHF", "лв": "BGN", "lei": "RON"},
    **{"euro": "EUR", "euros": "EUR", "dollar": "USD CAD AUD NZD SGD HKD", "pound": "GBP", "pounds": "GBP"},
    **{"dollars": "USD CAD AUD NZD SGD HKD", "bucks": "USD CAD AUD NZD", "franken": "CHF", "francs": "CHF"},
    **{
        "kronen": "SEK NOK DKK CZK",
        "kronor": "SEK",
        "kroner": "NOK DKK",
        "rupees": "INR PKR",
        "rubel": "RUB",
    },
    **{"руб": "RUB", "рублей": "RUB", "zloty": "PLN", "yen": "JPY", "pfund": "GBP", "rs": "INR PKR"},
}
"""What a sign or a name stands for: ISO 4217."""

_CODES = frozenset(
    "EUR USD GBP CHF SEK NOK DKK ISK PLN CZK HUF RON BGN TRY UAH RUB KZT CAD AUD NZD SGD HKD JPY CNY INR PKR "
    "BRL MXN CLP COP ARS ILS KRW VND NGN ZAR AED SAR EGP KES GHS PHP THB IDR MYR RSD GEL MAD".lower().split()
)

_THOUSAND = r"(?:k|tsd\.?|thousand|tausend|grand|тыс\.?)"
_MILLION = r"(?:m|mio\.?|million(?:s|en)?|млн)"
_NUMBER = re.compile(
    r"(?<![\d.,'])(?P<number>\d{1,3}(?P<group>[.,' ])\d{3}(?:(?P=group)\d{3})*(?:(?!(?P=group))[.,]\d{1,2})?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![.,']?\d)"
    rf"(?:\s?(?:(?P<thousand>{_THOUSAND})|(?P<million>{_MILLION}))(?![^\W\d_]))?(?:[.,][-\u2013\u2014]+)?",
    re.IGNORECASE,
)
_BELOW_ZERO = re.compile(
    r"(?:^|[^\d\s])\s*[-\u2212\u2013]\s*\W?\d|^\s*[-\u2212\u2013]|\bminus\b", re.IGNORECASE
)
_NO_NUMBER_OF_MONEY = re.compile(r"[%^]|\d\s*(?:[*x×]|e)\s*\d|\d{4}-\d{2}-\d{2}", re.IGNORECASE)
_SIGN = re.compile(r"[A-Za-z]{0,2}\$|[^\W\d_]+|[^\w\s.,'/+()~-]")

_MONTHLY = frozenset(
    words_of(
        """net netto gross brutto month months monthly mo monat monate monatlich mtl per pro every each jeden
        after tax taxes before nach vor steuer steuern take home now currently jetzt aktuell zurzeit derzeit
        roughly approx approximately nearly almost knapp rund gut least mindestens minimum altogether
        insgesamt total zusammen have habe hab bekomme get earn verdiene comes kommt rein savings saved
        erspart ersparnisse gespart left only nur max maximal up to zu ersparnis put
        aside auf der seite konto bank"""
    )
)
_OTHER_TIMES = frozenset(
    words_of(
        """year years yearly annual annually annum pa jahr jahre jahrlich jahres week weekly woche wochentlich
        hour hours hourly stunde stunden day days daily tag tage taglich tagessatz"""
    )
)


@dataclass(frozen=True, slots=True)
class Money:
    """One amount: hundredths, and the currency as it was written, "" for none."""

    hundredths: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class NoMoney:
    """Text that names no amount, and why."""

    why: Why


@dataclass(frozen=True, slots=True)
class _Hand:
    """How somebody writes amounts: what stands around the number, and between its digits."""

    before: str = ""
    after: str = ""
    group: str = ""
    point: str = "."


def read_money(text: str, *, monthly: bool = True) -> Money | NoMoney:
    """Return the one amount that a text names. `monthly`: one by the year or the hour is none.

    Words that say nothing about money, and a sign of percent, make it no amount: it is asked again.
    """
    said = _straight(text)
    found = list(_NUMBER.finditer(said))
    if len(said) > LONGEST or not found or _NO_NUMBER_OF_MONEY.search(said):
        return NoMoney("none")
    if _BELOW_ZERO.search(said):
        return NoMoney("negative")
    if len(found) > 1:
        return NoMoney("several")
    words = _words_beside(said, found[0])
    if monthly and not _OTHER_TIMES.isdisjoint(words):
        return NoMoney("not_monthly")
    if any(word not in _MONTHLY | _OTHER_TIMES | FILLERS for word in words):
        return NoMoney("none")
    hundredths = _hundredths(found[0])
    return NoMoney("too_much") if hundredths > MOST else Money(hundredths, _currency(said, found[0]))


def same_currency(one: str, other: str) -> bool:
    """Return whether two currencies, as written, may be the same; none may be any."""
    known, there = _meanings(one), _meanings(other)
    return not one or not other or bool(known & there)


def written_like(sample: str, hundredths: int) -> str:
    """Return an amount in the hand of somebody who wrote the sample: their currency, their digits."""
    hand = _hand(sample)
    whole, rest = divmod(abs(hundredths), 100)
    digits = f"{whole:,}".replace(",", hand.group)
    if rest:
        digits += f"{hand.point}{rest:02}"
    return f"{'-' if hundredths < 0 else ''}{hand.before}{digits}{hand.after}"


def tidy(text: str) -> str:
    """Return what was written on one line, with single blanks; otherwise as it is."""
    return " ".join(text.split())


def _straight(text: str) -> str:
    """Digits of every script as 0 to 9, blanks of every width as one, apostrophes straight."""
    flat = ascii_digits(unicodedata.normalize("NFKC", text))
    return tidy(flat.replace("\u2019", "'").replace("\u02bc", "'"))


def _hundredths(found: re.Match[str]) -> int:
    number, group = found["number"], found["group"]
    if group is None and number.count(",") > 1:
        group = ","
    whole, _, part = re.sub(r"[.,](?=\d{1,2}$)", "|", number.replace(group or "\0", "")).partition("|")
    scale = 1_000 if found["thousand"] else 1_000_000 if found["million"] else 1
    return (int(whole) * 100 + int((part or "0").ljust(2, "0"))) * scale


def _words_beside(said: str, found: re.Match[str]) -> tuple[str, ...]:
    """The words around the number that are no currency."""
    beside = f"{said[: found.start()]} {said[found.end() :]}"
    rest = " ".join(part for part in _SIGN.findall(beside) if not _meanings(part))
    return words_of(rest)


def _currency(said: str, found: re.Match[str]) -> str:
    before, after = _signs(said[: found.start()]), _signs(said[found.end() :])
    nearest = [*after[:1], *before[-1:]]
    return nearest[0] if nearest else ""


def _signs(said: str) -> list[str]:
    return [part for part in _SIGN.findall(said) if _meanings(part)]


@lru_cache(maxsize=256)
def _meanings(sign: str) -> frozenset[str]:
    """The currencies that a sign may stand for; none for a word that is no sign."""
    name = sign.casefold()
    if name in _CODES:
        return frozenset((name.upper(),))
    if name in _SIGNS:
        return frozenset(_SIGNS[name].split())
    return frozenset((sign,)) if len(sign) == 1 and unicodedata.category(sign) == "Sc" else frozenset()


@lru_cache(maxsize=256)
def _hand(sample: str) -> _Hand:
    said = _straight(sample)
    found = _NUMBER.search(said)
    if found is None:
        return _Hand()
    group = found["group"] or ""
    after = next(_beside(said[found.end() :], r"(\s?)({})"), "")
    before = "" if after else next(_beside(said[: found.start()], r"({})(\s?)$"), "")
    point = "," if group == "." or (not group and "," in found["number"]) else "."
    return _Hand(before, after, "\u00a0" if group == " " else group, point)


def _beside(said: str, shape: str) -> Iterator[str]:
    """Yield the sign right beside the number, with a blank that no line breaks at where there was one."""
    for sign in _signs(said):
        dot = r"\.?" if sign.casefold() in ("fr", "kr", "sfr", "rs", "руб") else ""
        found = re.search(shape.replace("{}", re.escape(sign) + dot), said)
        if found is not None:
            yield found[0].replace(" ", "\u00a0")
