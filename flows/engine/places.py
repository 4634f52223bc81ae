"""Where somebody is and what their clock shows: values, and reading a time of day or an offset from text."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Protocol

DAY = 24 * 60
FURTHEST_WEST, FURTHEST_EAST = -12 * 60, 14 * 60


@dataclass(frozen=True, slots=True)
class City:
    name: str
    country: str  # ISO 3166 alpha-2
    zone: str  # IANA


class Gazetteer(Protocol):
    """Finds the places that a text means. No answer is an error: what it does not know is an empty tuple."""

    def countries(self, text: str, locale: str) -> tuple[str, ...]:
        """ISO codes meant by the text, best first: () nothing like it, one is sure, several: ask which."""
        ...

    def cities(self, text: str, country: str | None) -> tuple[City, ...]:
        """Cities meant, most likely first, at most 4; of several in one country no two keep the same time."""
        ...

    def zones(self, country: str) -> tuple[str, ...]:
        """Zones in use in a country today, biggest population first; () unknown."""
        ...

    def zones_at(self, offset: int, now: datetime, country: str | None) -> tuple[str, ...]:
        """Zones that show the time of UTC plus offset minutes at `now`, best guess first."""
        ...


_BEFORE_NOON = r"a\.?\s?m\b\.?|in\sthe\smorning|vormittags|morgens|fr[üu]h|du\smatin|de\sla\smañana|утра"
_AFTER_NOON = (
    r"p\.?\s?m\b\.?|in\sthe\s(?:afternoon|evening)|tonight|nachmittags|mittags|abends|du\ssoir"
    r"|de\sl['’]après[-\s]midi|de\sla\starde|дня|вечера"
)
_AT_NIGHT = r"at\snight|nachts|de\sla\snoche|de\sla\smadrugada|ночи"
_HOURS = r"o['’]?clock|uhr|heures?|horas?|hrs?|hs|h|час(?:а|ов)?|ч"
_TIME = re.compile(
    rf"""(?<![\d:.,/+-])(?P<hour>[01]?\d|2[0-4])(?!\d)
    (?: \s?[:.h]\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![.:/]?\d)(?:\s?(?:uhr|h|hrs)\b)?
      | \s?(?P<unit>{_HOURS})\b(?:\s?(?P<past>[0-5]\d)(?!\d))? )?
    (?:\s?(?:(?P<am>{_BEFORE_NOON})|(?P<pm>{_AFTER_NOON})|(?P<night>{_AT_NIGHT}))(?!\w))?""",
    re.VERBOSE,
)
_BARE = re.compile(
    r"(?:it['’]?s|it is|now|es ist|jetzt|il est|son las|сейчас|)\s*"
    r"(?:(?P<hour>\d{1,2})(?P<minute>[0-5]\d)|(?P<late>1[3-9]|2[0-3]))"
    r"\s*(?:here|now|hier|jetzt|ici|aquí|ahora|сейчас|)[.!]*"
)
_HOURS_EAST = r"(?P<hours>\d{1,2}):?(?P<minutes>[0-5]\d)|(?P<whole>\d{1,2})(?:[.,](?P<part>\d\d?))?"
_SIGNED = rf"(?P<sign>[+-])\s?(?:{_HOURS_EAST})"
_BARE_OFFSET = re.compile(_SIGNED)
_NAMED_OFFSET = re.compile(rf"\b(?:utc|gmt)(?:\s?{_SIGNED}(?![\d.:])|(?!\s?[\d+-]|\w))")
_QUARTERS = {"25": 15, "15": 15, "5": 30, "50": 30, "30": 30, "75": 45, "45": 45}


def parse_local_time(text: str) -> time | None:
    """The one time of day in the text, or None: none, or several.

    Read: 14:30, 14.30, 14h30, 1430, 21 Uhr, 2:30 pm, 9 a.m., 9 вечера. A lone number is an hour from 13 to 23
    only: below that nobody knows which half of the day is meant. "2:30" without more is 02:30.
    """
    plain = _plain(text)
    if bare := _BARE.fullmatch(plain):
        return _clock(int(bare["hour"] or bare["late"]), int(bare["minute"] or 0))
    found = {_time_of(match) for match in _TIME.finditer(plain) if _says_a_time(match)}
    return found.pop() if len(found) == 1 else None


def parse_offset(text: str) -> int | None:
    """Minutes east of UTC: UTC+3, GMT-3:30, utc, +0530, UTC+5.5, or -5 with its sign. None: no offset."""
    plain = _plain(text)
    match = _BARE_OFFSET.fullmatch(plain) or _NAMED_OFFSET.search(plain)
    return None if match is None else _offset_of_match(match)


def offset_of(local: time, now: datetime) -> int:
    """Minutes east of UTC of a clock that shows `local` at the aware `now`, to the nearest quarter hour.

    From +14 on, a clock shows what it shows a day earlier from -10 on. The side where more people live wins:
    Hawaii over the Line Islands, and New Zealand in summer (+13) over American Samoa (-11).
    """
    utc = now.astimezone(UTC)
    ahead = (local.hour - utc.hour) * 60 + local.minute - utc.minute - utc.second / 60
    quarters = round(ahead / 15) * 15 % DAY
    return quarters if quarters < FURTHEST_EAST else quarters - DAY


def _plain(text: str) -> str:
    """Lower case, one kind of minus, and the digits of every script as 0 to 9."""
    folded = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").casefold().strip()
    return "".join(str(unicodedata.decimal(mark, mark)) for mark in folded)


def _says_a_time(match: re.Match[str]) -> bool:
    return any(match[part] for part in ("minute", "unit", "am", "pm", "night"))


def _time_of(match: re.Match[str]) -> time | None:
    hour = int(match["hour"])
    minute = int(match["minute"] or match["past"] or 0)
    if match["am"]:
        return None if hour > 12 else _clock(hour % 12, minute)
    if match["pm"] and hour <= 12:
        return _clock(hour % 12 + 12, minute)
    if match["night"] and 6 <= hour <= 12:
        return _clock(hour + 12, minute)
    return _clock(hour, minute)


def _clock(hour: int, minute: int) -> time | None:
    return time(hour % 24, minute) if hour < 24 or (hour, minute) == (24, 0) else None


def _offset_of_match(match: re.Match[str]) -> int | None:
    if not match["sign"]:
        return 0
    part = match["part"]
    if part and part not in _QUARTERS:
        return None
    size = int(match["hours"] or match["whole"]) * 60 + int(match["minutes"] or _QUARTERS.get(part, 0))
    offset = -size if match["sign"] == "-" else size
    return offset if offset % 15 == 0 and FURTHEST_WEST <= offset <= FURTHEST_EAST else None
