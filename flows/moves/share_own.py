"""The person's own words that the coach has quoted to them: how it began, what they object to."""

from __future__ import annotations

from collections.abc import Iterator

from flows.assessment.inventory import INVENTORY
from flows.assessment.reading import Reading
from flows.assessment.sketch import SKETCH
from flows.engine.say import Say
from flows.moves.share_lines import Line, cut, line

MOST = 5


def own_words(reading: Reading) -> Iterator[Line]:
    """Yield their own words, each once, the first ones first."""
    told = dict.fromkeys(cut(words) for words in _written(reading) if words.strip())
    for words in list(told)[:MOST]:
        yield line(Say("share.own", {"words": words}), words)


def _written(reading: Reading) -> Iterator[str]:
    for flow, question in ((SKETCH, "O1"), (INVENTORY, "v1")):
        there = reading.conversations.get(flow.name)
        value = there.value(question) if there else None
        yield value if isinstance(value, str) else ""
    for week in reversed(reading.person.diary.weeks):
        yield from (week.pro, week.con, week.words)
