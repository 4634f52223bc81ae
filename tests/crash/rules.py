"""What a crash may do and what not, as comparisons with a play in which nothing happened."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from flows.engine.tokens import Choice, read_token
from tests.servers.botapi import Seen
from tests.whole.person import choices_in

Words = tuple[str, tuple[tuple[str, str], ...]]


def words_of(seen: Seen) -> Words:
    """What makes two messages the same: the text, and what the buttons say and do.

    The name of a conversation holds the time at which it was begun, and that of a map when it was drawn, so
    they are others in every play.
    """
    return seen.text, tuple((button.text, _without_conversation(button.data)) for button in seen.buttons)


def _without_conversation(data: str | None) -> str:
    token = read_token(data or "")
    if isinstance(token, Choice):
        return f"{token.seq}:{token.question}:{token.code}"
    return re.sub(r"\d{9,}", "when", data or "")


def copies(received: Sequence[Seen], expected: Sequence[Seen], name: str) -> list[list[Seen]]:
    """Return each expected message as it came, with those right after it that are the same once more.

    AssertionError when one is missing, in another place, or never expected.
    """
    wanted = [words_of(seen) for seen in expected]
    found: list[list[Seen]] = []
    for number, seen in enumerate(received):
        words = words_of(seen)
        if wanted[len(found) : len(found) + 1] == [words]:
            found.append([seen])
        elif found and words == wanted[len(found) - 1]:
            found[-1].append(seen)
        else:
            awaited = wanted[len(found)][0] if len(found) < len(wanted) else "nothing more"
            raise AssertionError(f"{name}: message {number} is {seen.text!r}, expected {awaited!r}")
    missing = [text for text, _ in wanted[len(found) :]]
    assert missing == [], f"{name} never got these"
    return found


def repeated(received: Sequence[Seen], expected: Sequence[Seen], name: str) -> list[Seen]:
    """Return the messages that came once more; raises like `copies`."""
    return [seen for group in copies(received, expected, name) for seen in group[1:]]


def looks(chat: Sequence[Seen], messages: Sequence[Seen]) -> list[str]:
    """Return what is written in these messages in the end, after all changes."""
    now = {seen.message_id: seen.text for seen in chat}
    return [now[seen.message_id or 0] for seen in messages]


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
