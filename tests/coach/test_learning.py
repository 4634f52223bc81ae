"""What really happened moves the map: what leads, and why, is said when it happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from flows.diary import PlannedTrial, Week
from tests.assessment.vignettes import VIGNETTES
from tests.coach.given import Chat, order, prompts, words
from tests.coach.personas import answers_of, at_the_end

LAWYER = next(vignette for vignette in VIGNETTES if vignette.name == "P01")


def lawyer_with_a_trial(kind: str, *, before: int, during: tuple[int, ...]) -> Chat:
    """The lawyer of P01 with a trial whose time is over, and weeks around it."""
    chat = at_the_end(answers_of(LAWYER.facts)).chat
    monday = chat.now.date() + timedelta(days=7 - chat.now.weekday())
    started = monday + timedelta(weeks=3)
    numbers = (before, before, before, *during)
    weeks = tuple(
        Week(day := monday + timedelta(weeks=number), datetime.combine(day, time(20), UTC), workday=heavy)
        for number, heavy in enumerate(numbers)
    )
    trial = PlannedTrial(1, kind, started, started + timedelta(weeks=4))
    chat.person = replace(chat.person, diary=replace(chat.person.diary, weeks=weeks, trials=(trial,)))
    return chat.waits(weeks=8)


def ended(chat: Chat) -> Chat:
    chat.hears(order("trial_look"))
    for answer in ("100", ("none",), None):
        chat.gives(answer)
    return chat


def test_a_lead_that_fails_its_own_trial_steps_down_and_it_is_said() -> None:
    chat = ended(lawyer_with_a_trial("purpose", before=8, during=(8, 8, 8, 8)))

    assert "map.learnt" in prompts(chat.replies[-1])
    assert chat.person.diary.map is not None
    assert (chat.person.diary.map.lead, chat.person.diary.map.unclear) == ((), True)
    assert "own_trial_failed" in chat.person.diary.map.reasons
    assert len(chat.person.diary.maps) >= 2
    assert "so it steps back" in words(chat.replies[-1])


def test_a_trial_that_holds_and_agrees_leaves_the_lead_and_makes_it_well_supported() -> None:
    chat = ended(lawyer_with_a_trial("purpose", before=8, during=(7, 5, 4, 4)))

    assert "map.learnt" not in prompts(chat.replies[-1])
    assert "well supported" in words(chat.commands("map"))


def test_an_old_map_stays_as_it_was_drawn() -> None:
    chat = lawyer_with_a_trial("purpose", before=8, during=(8, 8, 8, 8))
    before = chat.person.diary.maps

    ended(chat)

    assert chat.person.diary.maps[: len(before)] == before


def test_the_news_stand_before_what_is_offered() -> None:
    reply = ended(lawyer_with_a_trial("purpose", before=8, during=(8, 8, 8, 8))).replies[-1]

    assert reply.says[-1].buttons
    assert prompts(reply).index("map.learnt") == len(reply.says) - 2
