"""What tests of the protocol start from: a coach that hears fixed sentences, so that no list matters here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flows.coach import Coach
from flows.reply import Reply
from flows.safety.detection import Found, Kind
from flows.safety.listening import LIKENESS
from tests.coach.given import HOUSE, Chat, prompts, somebody

GUESSED = "They will find it all in order"
"""Taken for explicit by what it is like."""

SENTENCES: dict[str, tuple[Kind, str, str]] = {
    "I want to die": ("explicit", "en", "explicit.wish"),
    "Ich will sterben": ("explicit", "de", "explicit.wish"),
    "Quiero morir": ("explicit", "es", "explicit.wish"),
    "I have the pills here": ("explicit", "en", "explicit.means"),
    "I can't go on": ("oblique", "en", "oblique.end"),
    "I see no way out": ("oblique", "en", "oblique.exit"),
    "I would hurt my boss": ("violence", "en", "violence.threat"),
    "He hits me": ("harm", "en", "harm.hits"),
    "My friend killed himself": ("other", "en", "third_person.did"),
    "I'm 15 years old": ("under_18", "en", "under_18.age"),
    "I'm not suicidal": ("denial", "en", "denials.plain"),
}


@dataclass
class Sentences:
    """Hears these sentences, wherever they stand, and nothing else; keeps what it was given."""

    given: list[str] = field(default_factory=list)

    def listen(self, text: str) -> Found | None:
        self.given.append(text)
        found = (SENTENCES[each] for each in SENTENCES if each.casefold() in text.casefold())
        guess = Found("explicit", "en", LIKENESS, guessed=True) if GUESSED in text else None
        return next((Found(*each) for each in found), guess)


def listening(listener: Sentences | None = None) -> Coach:
    """The coach as it is shipped, with such a listener."""
    return replace(HOUSE.coach, listener=listener or Sentences())


def at_work(**changes: object) -> Chat:
    """Somebody in Germany with the first question of the sketch open."""
    chat = somebody(coach=listening())
    chat.person = replace(chat.person, **changes)  # type: ignore[arg-type]
    return chat


def in_crisis(**changes: object) -> Chat:
    """The same after explicit words."""
    chat = at_work(**changes)
    chat.says("I want to die", ref=900)
    return chat


def last(reply: Reply) -> str:
    """The prompt of the last message."""
    return prompts(reply)[-1]
