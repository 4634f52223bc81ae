"""What one event did to questions, for whoever words them: names and seconds, never an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flows.engine.conversation import Conversation
from flows.engine.say import ASIDES, Label
from flows.person import Person, Standing
from flows.reply import Reply

What = Literal["shown", "answered", "skipped", "closed"]
"""A question is shown when it becomes the open one, and closed when another takes its place unanswered."""

SKIPPED = Label(ASIDES, "skipped")
GONE = (Standing.LEAVING, Standing.DECLINED)


@dataclass(frozen=True, slots=True)
class Passage:
    """One question in one event. `who` is the number of a person's row, which is kept in memory at the most.

    `seconds` is how long the question had been open when it was answered.
    """

    who: int
    flow: str
    question: str
    what: What
    seconds: int | None = None


def passages(who: int, before: Person, reply: Reply) -> list[Passage]:
    """Return what became of questions in one event. Never raises for a person.

    Nothing is told of somebody in a crisis, of who refuses, or of who has everything deleted: their open
    questions count as left there.
    """
    after = reply.person
    if before.crisis.on or after.crisis.on or after.standing in GONE:
        return []
    names = {**before.conversations, **after.conversations}
    changed = [name for name in names if before.conversations.get(name) != after.conversations.get(name)]
    return [passage for name in changed for passage in _in_one_flow(who, name, before, reply)]


def _in_one_flow(who: int, name: str, before: Person, reply: Reply) -> Iterator[Passage]:
    old, new = before.conversations.get(name), reply.person.conversations.get(name)
    was_open = old is not None and not old.done
    became = _became(old, new, before, reply) if old is not None and was_open else None
    if old is not None and became is not None:
        seconds = max(0, _answered_at(new, old) - old.at) if new and became == "answered" else None
        yield Passage(who, name, old.state, became, seconds)
    if new is not None and not new.done and (became is not None or not was_open):
        yield Passage(who, name, new.state, "shown")


def _became(old: Conversation, new: Conversation | None, before: Person, reply: Reply) -> What | None:
    """Return what became of the question that was open; None when it still is."""
    if new is None or new.id != old.id:
        return _became_at_the_end(old, before, reply)
    answer = new.answers.get(old.state)
    if answer is not None and answer != old.answers.get(old.state):
        return "skipped" if answer.value is None else "answered"
    return "closed" if new.state != old.state else None


def _became_at_the_end(old: Conversation, before: Person, reply: Reply) -> What:
    """Return it for a conversation that is gone: some flows leave nothing behind when they end."""
    in_front = before.foreground
    if reply.chosen is None or in_front is None or in_front.id != old.id:
        return "closed"
    still = reply.person.conversations.get(old.flow)
    return "skipped" if reply.chosen == SKIPPED else "answered" if still is None else "closed"


def _answered_at(new: Conversation, old: Conversation) -> int:
    answer = new.answers.get(old.state)
    return answer.at if answer is not None else old.at
