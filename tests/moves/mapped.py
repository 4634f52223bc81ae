"""What tests of the moves start from: the personas of the method after all three sittings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flows.assessment.reading import Reading, read
from flows.engine.answers import Value
from flows.engine.say import Label, Say
from flows.reply import Reply
from tests.assessment.vignettes import VIGNETTES
from tests.coach.given import Chat, facts
from tests.coach.personas import answers_of, at_the_end


def of(vignette: str, situation: str = "employed", /, **answers: Value) -> Chat:
    """Somebody as one vignette describes them, but for the answers named here."""
    found = next(each for each in VIGNETTES if each.name == vignette)
    return at_the_end({**answers_of(found.facts), **answers}, situation).chat


def with_kept(chat: Chat, **diary: Any) -> Chat:
    """The same chat with this in the diary."""
    chat.person = replace(chat.person, diary=replace(chat.person.diary, **diary))
    return chat


def reading(chat: Chat) -> Reading:
    return read(chat.person, chat.coach.rule, chat.now)


def listed(reply: Reply) -> list[str]:
    """The moves on a page, in their order."""
    lines = facts(reply, "moves.list")["lines"]
    return [name_in(line.facts) for line in lines]


def name_in(told: Mapping[str, object]) -> str:
    name = told["name"]
    assert isinstance(name, Label)
    return name.code


def head(reply: Reply) -> str:
    said = facts(reply, "moves.list")["head"]
    assert isinstance(said, Say)
    return said.prompt
