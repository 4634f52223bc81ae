"""What somebody hears who is not let in: one sentence, and help whenever they ask for it. Nothing is stored.

It is said at most once and by the way: nobody waits for it, and of a crowd at the door most hear nothing, so
that those inside are never kept waiting.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.arrivals import Arrival
from bot.pacing import Rate
from bot.parcels import Parcel, of_bubble
from bot.rendering import Voice
from flows.coach import Coach
from flows.engine.heard import Commanded
from flows.engine.say import Say
from flows.person import Person
from flows.turned_away import NOTICE, asks_for_help

MOST_TOLD = 5000
"""People of whom it is remembered that they were told; of more, whoever was told first hears it once more."""

SENTENCES, SENTENCES_PER_SECOND = 20, 2.0
CRIES, CRIES_PER_SECOND = 50, 5.0
"""Answers to everybody outside together. Help has a measure of its own."""

PAUSE = 10.0
"""Seconds between two answers of help to the same person."""


@dataclass
class Outside:
    """Answers whoever stands outside. In memory is only the keyed hash of who was told, and when."""

    coach: Coach
    voices: Mapping[str, Voice]
    _told: OrderedDict[bytes, float] = field(default_factory=OrderedDict)
    _helped: OrderedDict[bytes, float] = field(default_factory=OrderedDict)
    _sentences: Rate = field(default_factory=lambda: Rate(SENTENCES_PER_SECOND, SENTENCES))
    _cries: Rate = field(default_factory=lambda: Rate(CRIES_PER_SECOND, CRIES))

    def answer(
        self, arrival: Arrival, lookup: bytes, now: datetime, *, blocked: bool, tell: bool
    ) -> list[Parcel]:
        """Return the messages of an answer, in order; mostly there is none.

        `blocked`: they were turned away, and are told so only if `tell`.
        """
        locale = self._locale(arrival.locale)
        if asks_for_help(arrival.heard, self.coach.listener):
            free = _first(self._helped, lookup, now, PAUSE) and _spent(self._cries, now)
            return self._said(arrival, locale, self._asked("sos", locale, now)) if free else []
        if arrival.heard == Commanded("privacy"):
            free = _first(self._helped, lookup, now, PAUSE) and _spent(self._sentences, now)
            return self._said(arrival, locale, self._asked("privacy", locale, now)) if free else []
        to_be_told = tell if blocked else lookup not in self._told
        if not to_be_told or not _spent(self._sentences, now):
            return []
        _first(self._told, lookup, now, 0.0)
        return self._said(arrival, locale, (NOTICE if blocked else Say("doors.invited_only"),))

    def _asked(self, command: str, locale: str, now: datetime) -> tuple[Say, ...]:
        """Return what the coach answers to a command of somebody of whom nothing is known."""
        return self.coach.turn(Person(0, locale), Commanded(command), now).says

    def _said(self, arrival: Arrival, locale: str, says: tuple[Say, ...]) -> list[Parcel]:
        """Without buttons: nobody would answer a tap on them."""
        silent = tuple(replace(say, buttons=()) for say in says)
        return [of_bubble(arrival.chat, bubble) for bubble in self.voices[locale].bubbles(silent)]

    def _locale(self, hint: str) -> str:
        language = hint.split("-", 1)[0].lower()
        return language if language in self.voices else "en"


def _first(known: OrderedDict[bytes, float], lookup: bytes, now: datetime, pause: float) -> bool:
    """Return whether the last time is so many seconds ago, or there was none; this time is remembered."""
    last = known.pop(lookup, None)
    free = last is None or now.timestamp() - last >= pause
    known[lookup] = now.timestamp() if free or last is None else last
    while len(known) > MOST_TOLD:
        known.popitem(last=False)
    return free


def _spent(rate: Rate, now: datetime) -> bool:
    if rate.wait(now.timestamp()) > 0:
        return False
    rate.spend(now.timestamp())
    return True
