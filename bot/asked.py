"""The question that a person was asked last: so that a typed answer is shown in it as a tapped one is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.rendering import Key
from bot.storage.rows import Body, PersonRow
from flows.engine.conversation import Conversation
from flows.engine.tokens import Choice, read_token

PLACE = "asked"
"""Where it is in the body of a person."""

WHOSE = "whose"
"""Where a parcel that changes this question, as whichever message it came, keeps the person's address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which question it is ("" when that is not known), and the words of its message.

    `message` is the message's number. Until it is written down which number it got, that is None, and
    means: the last question that was delivered.
    """

    question: str = ""
    html: str = ""
    message: int | None = None

    def kept_in(self, body: Body) -> None:
        """Put it into the body of a person."""
        body[PLACE] = [self.question, self.html]


NOTHING = Asked()


def asked_last(row: PersonRow) -> Asked:
    """Return what a person was asked last. Nothing is known of who could not be reached: it was dropped."""
    stored = row.body.get(PLACE)
    if row.unreachable_since or not isinstance(stored, list) or len(stored) != 2:
        return NOTHING
    return Asked(str(stored[0]), str(stored[1]), None if row.waiting else row.shown_message)


def question_on(rows: Iterable[Iterable[Key]]) -> str:
    """Return which question the buttons of a message answer, "" when they answer none."""
    tokens = (read_token(key.token) for row in rows for key in row)
    choice = next((token for token in tokens if isinstance(token, Choice)), None)
    return _name(choice.conversation, choice.question) if choice else ""


def open_question(conversation: Conversation | None) -> str:
    """Return which question is open, "" when none is."""
    return _name(conversation.id, conversation.state) if conversation else ""


def _name(conversation: str, question: str) -> str:
    return f"{conversation}:{question}"
