"""What a crash may do and what not, as comparisons with a play in which nothing happened."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from flows.engine.tokens import Choice, read_token
from tests.servers.botapi import Seen
from tests.whole.person import choices_in

Words = tuple[str, tuple[tuple[str, str], ...]]


def words_of(seen: Seen) -> Words:
    """What makes two messages the same: the text, and what the buttons say and do.

    The name of a conversation holds the time at which it was begun, so it is another one in every play.
    """
    return seen.text, tuple((button.text, _without_conversation(button.data)) for button in seen.buttons)


def _without_conversation(data: str | None) -> str:
    token = read_token(data or "")
    return f"{token.seq}:{token.question}:{token.code}" if isinstance(token, Choice) else data or ""


def repeated(received: Sequence[Seen], expected: Sequence[Seen], name: str) -> list[Seen]:
    """Return the messages that came once more, right after themselves.

    AssertionError when one is missing, in another place, or never expected.
    """
    wanted = [words_of(seen) for seen in expected]
    repeats, place = [], 0
    for number, seen in enumerate(received):
        words = words_of(seen)
        if place < len(wanted) and words == wanted[place]:
            place += 1
        elif place and words == wanted[place - 1]:
            repeats.append(seen)
        else:
            awaited = wanted[place][0] if place < len(wanted) else "nothing more"
            raise AssertionError(f"{name}: message {number} is {seen.text!r}, expected {awaited!r}")
    assert place == len(wanted), f"{name} never got {wanted[place][0]!r} and {len(wanted) - place - 1} more"
    return repeats


def too_many(repeats: Sequence[Seen], kills: Sequence[float]) -> list[float]:
    """Return the times of the kills after which one person got more than one message again.

    0.0 stands for the time before the first kill, after which there is no excuse for any.
    """
    counts = Counter(bisect_left(kills, seen.at) for seen in repeats)
    return [
        kills[before - 1] if before else 0.0 for before, count in counts.items() if count > 1 or not before
    ]


def still_open(chat: Sequence[Seen], repeats: Sequence[Seen]) -> list[Seen]:
    """Return the messages that still ask an answered question, but for those of which a copy was answered."""
    excused = {words_of(seen) for seen in repeats}
    return [seen for seen in chat if choices_in(seen) and words_of(seen) not in excused]
