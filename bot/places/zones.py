"""Time zones: which a country uses, what they show, and which of them are one and the same today."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

WEEKS = 53


@cache
def country_of_zone() -> Mapping[str, str]:
    """Return the country of each zone in zone.tab, in its order: no names of the past ("US/Eastern")."""
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def offset_at(zone: str, now: datetime) -> int:
    """Return the minutes east of UTC that a zone shows at the aware `now`."""
    return (now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()) // timedelta(minutes=1)


def year_of(zone: str, now: datetime) -> tuple[int, ...]:
    """Return the offsets of the coming year, one for each week: equal years are one zone to a person."""
    start = now.astimezone(UTC)
    return tuple(offset_at(zone, start + timedelta(weeks=week)) for week in range(WEEKS))


def distinct_zones(zones: Iterable[str], people: Mapping[str, int], now: datetime) -> tuple[str, ...]:
    """Return the most populous zone of each different year, those with the most people first."""
    years: dict[tuple[int, ...], list[str]] = {}
    for zone in zones:
        years.setdefault(year_of(zone, now), []).append(zone)
    by_people = sorted(years.values(), key=lambda same: -sum(people.get(zone, 0) for zone in same))
    return tuple(max(same, key=lambda zone: people.get(zone, 0)) for same in by_people)


def zone_by_hours(offset: int) -> str | None:
    """Return the zone of a plain offset in whole hours; the sign in its name is the other way round."""
    hours, rest = divmod(offset, 60)
    if rest or not -12 <= hours <= 14:
        return None
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"
