"""Small moves that are no trials: done at once with one line of one's own or one tap, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.diary import Done
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import FreeText
from flows.engine.say import Fact, Label, Say
from flows.reply import Remembered, Reply, Visit, buttons

if TYPE_CHECKING:
    from flows.coach import Coach

MOST_KEPT = 30
"""Moves that the diary keeps; older ones stay in the records."""


def _facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    del question
    move = conversation.about.get("move", "")
    return {"question": Say(f"ladder.{move}.now"), "name": Label("ladder.names", move)}


MOVE = Flow(
    name="small_move",
    version=1,
    start="words",
    questions={"words": FreeText(500)},
    transitions=(Go("words", DONE),),
    facts=_facts,
)


def keep(visit: Visit, reply: Reply, move: str, words: str = "") -> Reply:
    """Keep a move that was done, and say what to watch for."""
    diary = reply.person.diary
    done = (*diary.moves_done, Done(move, visit.ear.today, words))[-MOST_KEPT:]
    person = replace(reply.person, diary=replace(diary, moves_done=done))
    body = {"move": move, "event": "done", "words": words}
    ways = buttons("moves.done", ("moves", "moves"), ("past", "moves:past"))
    says = (*reply.says, Say("moves.done", {"line": Say(f"ladder.{move}.kept")}, ways))
    return replace(reply, person=person, says=says, remember=(*reply.remember, Remembered("move", body)))


def words_kept(coach: Coach, visit: Visit, reply: Reply, conversation: Conversation) -> Reply:
    """Keep the line they wrote; without one nothing was done."""
    del coach
    words = conversation.value("words")
    there = replace(reply, person=reply.person.without(conversation.flow))
    if isinstance(words, str):
        return keep(visit, there, conversation.about["move"], words)
    return there.adding(Say("moves.not_done", {}, buttons("moves.done", ("moves", "moves"))))
