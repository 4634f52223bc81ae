"""What may stand in a log: kinds, counts, durations, places in the code. Never who it was or what they said.

Not a list of what is hidden but of what is shown (safety.md C10): a value that is not known to be harmless
is replaced, whoever logs it, and of the records of libraries no word is shown at all.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
import traceback
from datetime import timedelta
from typing import Any, TextIO

log = logging.getLogger(__name__)

HIDDEN = "[hidden]"
OURS = ("bot", "flows", "__main__")
LIBRARIES = (
    *("aiohttp", "httpx", "httpcore", "telegram", "sqlalchemy", "alembic", "aiosqlite", "psycopg", "asyncio"),
    "transitions",
)

BIGGEST = 99_999
"""The biggest whole number shown: enough for counts and milliseconds, too small for anybody's id."""

SPEAKS = (
    *("bot.settings", "bot.storage.errors", "bot.channels.telegram_trouble", "bot.helplines", "bot.scripts"),
    "bot.importing",
    "bot.operating",
    *("flows.engine.flow", "flows.assessment.rule"),
)
"""Modules whose errors are sentences for whoever runs Tare, and hold nothing of the people who use it."""

PHRASES = frozenset(
    (
        *("question", "line", "picture", "chosen", "keyboard", "hide"),  # kinds of parcels
        *("unsure", "raised", "no connection", "server error", "token refused", "another poller", "database"),
        *("blocked", "deactivated", "never started", "forbidden", "chat not found"),
        # why a nudge was dropped
        *("late", "done", "open", "talking", "silenced", "paused", "new", "declined", "leaving"),
        *("unplanned", "unknown", "resting", "moved", "broken", "unreachable", "no reason"),
        *("not html", "too long", "bad request", "chat migrated", "unreadable parcel", "parcel refused"),
    )
)
"""Values that may be logged as they are, besides errors and places in the code."""

PATTERNS = (re.compile(r"given up after \d{1,3} attempts"),)


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Send every log of this process through the list, and nowhere else. May be called again."""
    lines = logging.StreamHandler(stream or sys.stderr)
    lines.setFormatter(AllowList())
    lines.addFilter(_matters)
    logging.basicConfig(level=level, handlers=[lines], force=True)
    logging.captureWarnings(True)
    for library in LIBRARIES:
        logging.getLogger(library).setLevel(logging.WARNING)


def catch_the_rest() -> None:
    """Log what nobody caught, too: Python itself would print what an error says. For the whole process."""
    sys.excepthook = lambda kind, error, trace: _broken(error)
    threading.excepthook = lambda told: _broken(told.exc_value)
    sys.unraisablehook = lambda told: _broken(told.exc_value)


def _broken(error: BaseException | None) -> None:
    log.critical("something broke that nobody caught", exc_info=error)


class AllowList(logging.Formatter):
    """Writes a record with only those of its values that are known to be harmless."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, or two with the place of an exception."""
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line = f"{when} {record.levelname} {record.name}: {_words(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n  {place_of(error)}" if error else line


def place_of(error: BaseException) -> str:
    """Return the kind of an error and the way to where it rose, innermost first; none of its words."""
    frames = traceback.walk_tb(error.__traceback__)
    way = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in frames]
    rose = f"{type(error).__name__} at {' < '.join(reversed(way)) or 'nowhere'}"
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{rose}, after {place_of(earlier)}" if earlier else rose


def _matters(record: logging.LogRecord) -> bool:
    """Libraries are heard only when something is wrong; that they work says nothing without words."""
    return _is_ours(record) or record.levelno >= logging.WARNING


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _words(record: logging.LogRecord) -> str:
    if not _is_ours(record):
        return "(the words of libraries are not logged)"
    if not isinstance(record.msg, str):
        return HIDDEN
    try:
        return record.msg % _shown_all(record.args) if record.args else record.msg
    except (TypeError, ValueError, KeyError):
        return record.msg


def _shown_all(values: Any) -> Any:
    if isinstance(values, dict):
        return {name: shown(value) for name, value in values.items()}
    return tuple(shown(value) for value in values)


def shown(value: object) -> object:
    """Return a value as it may be logged, or `HIDDEN`."""
    match value:
        case None | bool() | float() | timedelta():
            return value
        case int():
            return value if abs(value) <= BIGGEST else HIDDEN
        case BaseException():
            return str(value) if type(value).__module__ in SPEAKS else type(value).__name__
        case str():
            return value if all(_is_harmless(part) for part in value.split(": ")) else HIDDEN
    return HIDDEN


def _is_harmless(part: str) -> bool:
    error, at, place = part.partition(" at ")
    if at:
        return _is_an_error(error) and _is_a_place(place)
    return part in PHRASES or any(each.fullmatch(part) for each in PATTERNS) or _is_an_error(part)


def _is_a_place(place: str) -> bool:
    module, _, line = place.rpartition(":")
    return place == "nowhere" or (module in sys.modules and line.isdecimal() and len(line) <= 5)


def _is_an_error(name: str) -> bool:
    return name.isidentifier() and any(kind.__name__ == name for kind in _errors(BaseException))


def _errors(root: type[BaseException]) -> set[type[BaseException]]:
    found: set[type[BaseException]] = set()
    waiting = [root]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting += kind.__subclasses__()
    return found
