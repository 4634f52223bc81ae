"""What tests of a slope start from: somebody who plans one, and answers that make one."""

from __future__ import annotations

from flows.diary import Diary, Slope
from flows.reply import Reply
from tests.coach.given import Chat, buttons_of, names_of
from tests.longitudinal.given import with_diary

ALL = ("hours", "contract", "projects", "elsewhere")
WORKER = ("18 months", "$6,200", "$4,000", "$9,000", "80%", "$4,300", "$3,700", "$5,200")
"""The social-media worker: time, income, floor, savings, and what each stage brings."""


def planning(*stages: str, **person: object) -> Chat:
    chat = with_diary(Diary(), **person)
    chat.commands("slope")
    if stages:
        chat.gives(stages)
    return chat


def planned(*answers: str | None, stages: tuple[str, ...] = ALL) -> Chat:
    """Answer every question in its order; None skips it."""
    chat = planning(*stages)
    for answer in answers:
        if answer is None:
            chat.gives(None)
        else:
            chat.says(answer)
    return chat


def plan(chat: Chat) -> Slope:
    assert chat.person.diary.slope is not None
    return chat.person.diary.slope


def ways(reply: Reply) -> list[str]:
    return [names_of(button)[1] for button in buttons_of(reply)]
