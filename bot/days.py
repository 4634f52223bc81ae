"""Days in people's own words, read by dateparser: "12 August", "in two weeks", "nächsten Montag"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from babel import Locale

from flows.engine.words import Ear

LONGEST = 60
"""Letters; whoever writes more than this tells a story, and a day in it may be another one."""

MONTH_FIRST = frozenset({"US", "PH"})
"""Countries in which 8/12 is the 12th of August."""

_COMING = re.compile(r"\b(next|this|coming|nächste[nrs]?|naechste[nrs]?|kommende[nrs]?|diese[nrs]?)\s+", re.I)
_GONE = re.compile(r"\b(last|past|letzte[nrs]?|vorige[nrs]?|vergangene[nrs]?)\s+", re.I)
_AROUND = re.compile(r"^\s*(from|on|starting|until|till|by|the|ab|am|bis|zum|vom|den|seit|since)\s+", re.I)
_IN_THE_YEAR = re.compile(r"\d{4}")


class Almanac:
    """The calendar that the coach is given."""

    def day(self, text: str, ear: Ear, *, ahead: bool) -> date | None:
        """Return the day that a text names, seen from today; None when it names none."""
        if len(text) > LONGEST or not text.strip():
            return None
        ahead = (ahead or bool(_COMING.search(text))) and not _GONE.search(text)
        said = _GONE.sub("", _COMING.sub("", text)).strip(" .!?")
        while _AROUND.match(said):
            said = _AROUND.sub("", said, count=1)
        weekday = _weekdays(ear.words.locale).get(said.casefold())
        return _on_weekday(weekday, ear.today, ahead) if weekday is not None else _parsed(said, ear, ahead)


def _on_weekday(weekday: int, today: date, ahead: bool) -> date:
    """The next such day, or the last one; today is neither."""
    if ahead:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _parsed(said: str, ear: Ear, ahead: bool) -> date | None:
    import dateparser  # noqa: PLC0415 - slow to import, rarely needed

    found = dateparser.parse(
        said,
        languages=[ear.words.locale],
        settings={
            "RELATIVE_BASE": datetime.combine(ear.today, time(12)),
            "PREFER_DATES_FROM": "future" if ahead else "past",
            "DATE_ORDER": "MDY" if ear.country in MONTH_FIRST and ear.words.locale == "en" else "DMY",
            "REQUIRE_PARTS": ["day"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if found is None:
        return None
    return _in_the_meant_month(found.date(), said, ear.today, ahead)


def _in_the_meant_month(found: date, said: str, today: date, ahead: bool) -> date:
    """ "The 3rd" means the coming third, though this month's is gone; a day with its year means itself."""
    alone = said.strip().rstrip(".").removesuffix("rd").removesuffix("th").removesuffix("st")
    if not alone.isdecimal() or _IN_THE_YEAR.search(said) or (found >= today) is ahead:
        return found
    try:
        moved = (found.month + (1 if ahead else -1) - 1) % 12 + 1
        year = found.year + (1 if ahead and moved == 1 else -1 if not ahead and moved == 12 else 0)
        return found.replace(year=year, month=moved)
    except ValueError:  # there is no 31st in that month
        return found


@cache
def _weekdays(locale: str) -> dict[str, int]:
    """The names of the days in a language, short and long: 0 is Monday."""
    names = Locale.parse(locale).days["format"]
    return {
        name.casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in names[width].items()
    }
