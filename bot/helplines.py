"""Reads the help lines and says what is wrong with them: `tare check` refuses errors and prints warnings."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, NamedTuple

from flows.safety.helplines import CountryLines, Helpline

GOOD_FOR = timedelta(days=90)
FEWEST_CONTACTS = 2
UNVERIFIED = "not verified by a person yet"  # in checked_by, until somebody puts a name there
_AS_DIALLED = re.compile(r"[*#]?\d[\d ()/-]*")
_IN_WRITING = re.compile(r"(SMS|WhatsApp|Chat|LINE) \S.*")
_HOURS = re.compile(r"(24/7|[A-Z][a-z](-[A-Z][a-z])? \d\d:\d\d-\d\d:\d\d)?")


class HelplinesError(ValueError):
    """The file is no table of help lines; the message names the country and the key."""


class Findings(NamedTuple):
    """Warnings are for the next release, errors stop this one."""

    warnings: tuple[str, ...]
    errors: tuple[str, ...]


def load_helplines(text: str | None = None) -> Mapping[str, CountryLines]:
    """Return the shipped table, or that of a TOML text, by ISO 3166 alpha-2."""
    if text is None:
        text = files("flows.safety").joinpath("helplines.toml").read_text("utf-8")
    return {code: _country(code, raw) for code, raw in tomllib.loads(text).items()}


def check_helplines(table: Mapping[str, CountryLines], today: date) -> Findings:
    """Refuse countries with fewer than 2 contacts and unusable entries; warn of those not looked at lately.

    A contact is one way to reach somebody: a number, or a place to write to. The emergency number is none.
    """
    warnings = tuple(warning for country in table.values() for warning in _stale(country, today))
    errors = tuple(error for country in table.values() for error in _wrong(country, today))
    return Findings(warnings, errors)


def _country(code: str, raw: Mapping[str, Any]) -> CountryLines:
    try:
        lines, youth = raw["lines"], raw.get("youth", [])
        return CountryLines(code, raw["emergency"], _lines(lines), _lines(youth))
    except (KeyError, TypeError) as problem:
        raise HelplinesError(f"{code}: {problem}") from problem


def _lines(raw: Iterable[Mapping[str, Any]]) -> tuple[Helpline, ...]:
    return tuple(
        Helpline(**{"checked_on": None, **line, "languages": tuple(line["languages"])}) for line in raw
    )


def _stale(country: CountryLines, today: date) -> Iterator[str]:
    lines = (*country.lines, *country.youth)
    if never := [line.name for line in lines if line.checked_on is None]:
        yield f"{country.country}: nobody has looked at {', '.join(never)}"
    if old := [line.name for line in lines if line.checked_on and today - line.checked_on > GOOD_FOR]:
        yield f"{country.country}: not looked at for {GOOD_FOR.days} days: {', '.join(old)}"
    if unverified := [line.name for line in lines if line.checked_on and UNVERIFIED in line.checked_by]:
        yield f"{country.country}: no person has verified {', '.join(unverified)}"


def _wrong(country: CountryLines, today: date) -> Iterator[str]:
    code = country.country
    if not re.fullmatch("[A-Z]{2}", code):
        yield f"{code}: not an ISO 3166 alpha-2 code"
    if not _AS_DIALLED.fullmatch(country.emergency):
        yield f"{code}: emergency number {country.emergency!r}"
    if _contacts(country) < FEWEST_CONTACTS:
        yield f"{code}: fewer than {FEWEST_CONTACTS} contacts"
    for line in (*country.lines, *country.youth):
        yield from (f"{code}, {line.name}: {problem}" for problem in _unusable(line, today))


def _contacts(country: CountryLines) -> int:
    return len({way for line in country.lines for way in (line.display, line.text) if way})


def _unusable(line: Helpline, today: date) -> Iterator[str]:
    if not (line.display or line.text):
        yield "no way to reach it"
    if line.display and not _AS_DIALLED.fullmatch(line.display):
        yield f"{line.display!r} is not dialled like that inside the country"
    if line.text and not _IN_WRITING.fullmatch(line.text):
        yield f"{line.text!r} does not say how to write"
    if not _HOURS.fullmatch(line.hours):
        yield f"hours {line.hours!r}"
    if not all(re.fullmatch("[a-z]{2}", language) for language in line.languages or ("",)):
        yield f"languages {line.languages!r}"
    if not line.source.startswith("https://"):
        yield "no source"
    if not line.checked_by or (line.checked_on and line.checked_on > today):
        yield "checked by nobody, or in the future"
