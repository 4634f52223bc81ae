"""The paper itself: what is left of the parts, word on how to help, and a short text to hand it on with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from flows.engine.papers import Paper, Passage
from flows.engine.say import OnDay, Say
from flows.moves.share_parts import COACH, DOCTOR, MENTOR, PARTNER, Part, facts_of

GUIDES: Mapping[str, Mapping[str, int]] = {
    MENTOR: {"kind": 4, "ask": 6, "slow": 5},
    COACH: {"use": 4},
    PARTNER: {"near": 5},
}
"""Word on how to help, by reader: its passages, and how many lines each has."""

A_PAGE = (MENTOR,)
"""For whom that word is a page of its own."""


def paper(reader: str, parts: Iterable[Part], today: date) -> Paper:
    """Return the paper of these parts: nothing is in it that is not in them, but what is the same for all."""
    return Paper(
        title=Say("share.paper.title"),
        subtitle=Say("share.paper.subtitle", {"day": OnDay(today), "year": today.year}),
        passages=tuple(_passages(reader, parts)),
        foot=Say("share.paper.foot_doctor" if reader == DOCTOR else "share.paper.foot"),
        missing=Say("share.paper.missing"),
        day=today,
    )


def _passages(reader: str, parts: Iterable[Part]) -> Iterator[Passage]:
    for part in parts:
        if part.code == "guide":
            yield from _guide(reader)
        else:
            yield Passage(part.title, facts_of(part))


def _guide(reader: str) -> Iterator[Passage]:
    for place, (name, count) in enumerate(GUIDES[reader].items()):
        prompt = f"share.guide.{reader}.{name}"
        lines = tuple(Say(f"{prompt}.line_{number}") for number in range(1, count + 1))
        yield Passage(Say(f"{prompt}.title"), lines, closing=place == 0 and reader in A_PAGE)


def to_forward(reader: str, parts: Iterable[Part]) -> Say:
    """Return the short text that the person may send along; the wish is in it only as long as it is kept."""
    there = tuple(parts)
    wishes = [words for part in there if part.code == "wish" for each in part.lines for words in each.own]
    guided = any(part.code == "guide" for part in there)
    name = "mentor_alone" if reader == MENTOR and not guided else reader
    return Say(f"share.text.{name}", {"wish": wishes[0] if wishes else ""}, apart=True)
