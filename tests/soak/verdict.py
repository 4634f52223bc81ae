"""What must hold after a play in bad weather, and where each message that came twice comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.crash.aftermath import Ordeal, Witness
from tests.crash.rules import copies, looks, still_open
from tests.servers.botapi import Seen
from tests.soak.misfortunes import SLOW
from tests.soak.weather import Outage

LEASE = 5.0
"""Seconds that a delivery and writing it down may take at most."""

SLACK = SLOW + 1.0
"""Seconds that a message may arrive after whoever sent it was killed: it was slow on its way."""


@dataclass
class Doubles:
    """Messages that came once more: after a kill or a restart of the database, because nobody could tell
    whether the first one had arrived, and for no reason that we know."""

    broken_off: int = 0
    doubted: int = 0
    unexplained: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Break:
    """From when to when nothing could be written down."""

    begun: float
    over: float

    def excuses(self, first: float, again: float) -> bool:
        """Whether a message of that time may have been on its way, and so came again at that time."""
        return self.begun - LEASE <= first <= self.over + SLACK and again >= self.begun


@dataclass(frozen=True)
class Verdict:
    """`broken` holds every rule that did not hold, with whom and what."""

    messages: int
    doubles: Doubles
    broken: list[str]


def judged(ordeal: Ordeal, outages: Sequence[Outage], doubts: Mapping[str, int]) -> Verdict:
    """Compare what everybody saw, and what is kept of them, with the play in calm.

    `doubts`: how often nobody could tell whether a message of this person had arrived.
    """
    breaks = [
        *(_Break(at, at) for at in ordeal.stormy.kills),
        *(_Break(each.begun, each.over) for each in outages),
    ]
    doubles, broken = Doubles(), [*_counted(ordeal)]
    for calm, after in ordeal.pairs:
        broken += _kept(calm, after)
        try:
            groups = copies(after.received, calm.received, after.name)
        except AssertionError as different:
            broken.append(f"{different}")
        else:
            _explain(doubles, groups, [*breaks], doubts.get(after.name, 0), after.name)
            broken += _seen(calm, after, groups)
    messages = sum(len(after.received) for after in ordeal.stormy.witnesses)
    return Verdict(messages, doubles, broken + doubles.unexplained)


def _counted(ordeal: Ordeal) -> Iterator[str]:
    after = ordeal.stormy
    if not after.taken == after.updates == ordeal.calm.updates:
        yield f"{after.taken} updates taken of {after.updates}, {ordeal.calm.updates} in calm"
    if after.waiting or after.letters:
        yield f"{after.waiting} parcels still wait, {after.letters} dead letters"
    yield from after.violations


def _kept(calm: Witness, after: Witness) -> Iterator[str]:
    name, kept = after.name, after.kept
    if after.given != calm.given:
        yield f"{name} was asked other things"
    if kept.maps != 1:
        yield f"{name} has {kept.maps} maps"
    if kept.answers != dict(after.given):
        yield f"{name}: other answers stand in the store"
    if kept.records != after.given:
        yield f"{name}: {len(kept.records)} answers were counted, {len(after.given)} given"


def _seen(calm: Witness, after: Witness, groups: Sequence[Sequence[Seen]]) -> Iterator[str]:
    """The chat looks as in calm in the end: each answer shows in its question, and no button is left."""
    repeats = [seen for group in groups for seen in group[1:]]
    for seen in still_open(after.chat, repeats):
        yield f"{after.name}: answered, and still with buttons: {seen.text!r}"
    for look, group in zip(looks(calm.chat, calm.received), groups, strict=True):
        if look not in looks(after.chat, group):
            yield f"{after.name}: {group[0].text!r} looks otherwise than {look!r}"


def _explain(
    doubles: Doubles, groups: Sequence[Sequence[Seen]], breaks: list[_Break], doubts: int, name: str
) -> None:
    """Find a reason for each copy: what happened between it and the one before, or a doubt of this person.

    One kill or outage excuses one copy of one person, and one doubt one.
    """
    for group in groups:
        for before, again in pairwise(group):
            excuses = [each for each in breaks if each.excuses(before.at, again.at)]
            if excuses:
                breaks.remove(excuses[0])
                doubles.broken_off += 1
            elif doubts:
                doubts -= 1
                doubles.doubted += 1
            else:
                doubles.unexplained.append(
                    f"{name} got twice, at {before.at:.2f} and {again.at:.2f}: {again.text!r}"
                )
