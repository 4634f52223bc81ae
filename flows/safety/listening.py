"""What is listened to before anything else is done with it: every text, however it came in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from flows.engine.heard import Commanded, Corrected, Sent, Tapped, Wrote
from flows.person import Person
from flows.safety.detection import Found, all_found_in, found_in
from flows.safety.lexicon import Lexicons
from flows.safety.likeness import NOTHING_IS_ALIKE, Likeness
from flows.safety.normalising import words_of
from flows.safety.tongues import tongue_of

Said = Commanded | Tapped | Wrote | Corrected | Sent
"""Everything that is answered."""


class Listener(Protocol):
    """Hears in a text that somebody may be in danger."""

    def listen(self, text: str) -> Found | None:
        """Return the gravest of what a text says, None when it says nothing of the kind."""


IMMEDIATE = frozenset(
    {
        *("explicit.means", "explicit.goodbye", "explicit.mittel", "explicit.abschied"),
        *("explicit.medios", "explicit.despedida", "explicit.moyens", "explicit.adieu"),
        *("explicit.sposob", "explicit.proschanie"),
    }
)
"""Rules that find a plan, the means at hand, or a goodbye: it may be about to happen."""


def is_immediate(found: Found) -> bool:
    """Return whether explicit words say that it may be about to happen."""
    return found.rule in IMMEDIATE


LIKENESS = "likeness"
"""The rule that asks, or begins, where no list knows the words."""


@dataclass(frozen=True)
class FromLists:
    """Listens by the lists of all languages at once; to what they find likeness may add."""

    lexicons: Lexicons
    likeness: Likeness = NOTHING_IS_ALIKE

    def listen(self, text: str) -> Found | None:
        """Return the gravest of what a text says, None when it says nothing of the kind.

        Of explicit words those stand before others that say it may be about to happen.
        """
        found = self._settled(text, all_found_in(text, self.lexicons))
        if found is None or found.kind != "explicit" or found.guessed or is_immediate(found):
            return found
        sooner = found_in(text, self._urgent)
        return sooner if sooner is not None and sooner.kind == "explicit" else found

    def _settled(self, text: str, every: Sequence[Found]) -> Found | None:
        """Return what counts of all that lists have found, with what likeness adds to it.

        Somebody else's danger, a denial, harm, a threat and an age are what they are, whatever they are like.
        """
        found = every[0] if every else None
        if found is not None and found.kind not in ("unsure", "oblique"):
            return found
        like = self.likeness.like(text)
        if found is not None and found.kind == "unsure":
            threat = (each for each in every if each.kind == "violence")
            return (
                replace(found, kind="explicit", guessed=True)
                if like.settles
                else next(threat, replace(found, kind="oblique"))
            )
        if like.begins:
            return Found("explicit", tongue_of(words_of(text), self.lexicons.small), LIKENESS, guessed=True)
        return Found("oblique", "", LIKENESS) if found is None and like.asks else found

    @cached_property
    def _urgent(self) -> Lexicons:
        """The same lists with nothing explicit in them but what is immediate."""
        return self.lexicons.only("explicit", IMMEDIATE)


class HearsNothing:
    """The listener of a coach that was given none."""

    def listen(self, text: str) -> Found | None:
        """Return None."""
        del text
        return None


Weighing = Callable[[Person], frozenset[str]]
"""Names what in the answers together is reason enough to ask, each "sign:answers"; empty when nothing is."""


def weighs_nothing(person: Person) -> frozenset[str]:
    """The answers give no reason to ask, in a coach that was given no rule for it."""
    del person
    return frozenset()


def text_of(heard: Said) -> str:
    """Return everything that was typed, "" for what was not: also what stands behind a command, or is one."""
    match heard:
        case Wrote(text) | Corrected(text):
            return text
        case Commanded(name, argument):
            return f"{name} {argument}".strip()
    return ""
