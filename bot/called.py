"""What countries, cities and days are called in a locale: CLDR through Babel, which is slow to import."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo


def country_called(code: str, locale: str) -> str:
    """Return the name of a country (ISO 3166-1), or the code where there is none."""
    from babel import Locale  # noqa: PLC0415 - slow to import, rarely needed

    return str(Locale.parse(locale).territories.get(code, code))


def city_called(zone: str, locale: str) -> str:
    """Return the city that stands for a time zone, or the name of the zone where it is none (any more)."""
    from babel.dates import get_timezone_location  # noqa: PLC0415 - slow to import, rarely needed

    known = _zone(zone)
    if known is None:
        return zone
    return str(get_timezone_location(known, locale=locale, return_city=True)).rsplit("/", 1)[-1]


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def day_called(day: date, pattern: str, locale: str) -> str:
    """Return a day by a CLDR skeleton ("MMM", "MMMd"), or its weekday ("EEEE")."""
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - slow to import, rarely needed

    if pattern == "EEEE":
        return str(format_date(day, pattern, locale=locale))
    return str(format_skeleton(pattern, day, locale=locale))
