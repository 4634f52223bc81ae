"""A trial from its plan to what came of it, as a chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from flows.diary import Diary, PlannedTrial, Week
from flows.engine.say import Label
from flows.longitudinal.trial_nudges import offered, wanted
from flows.person import Standing
from tests.coach.given import NOW, Chat, facts, order, prompts, sketched, words
from tests.longitudinal.given import MONDAY, weeks_before, with_diary


def planning(chat: Chat, *answers: object) -> Chat:
    """Plan a trial with these answers, in the order of the questions."""
    chat.commands("trial")
    for answer in answers:
        chat.gives(answer)  # type: ignore[arg-type]
    return chat


PLAN = ("load", "No calls after six", "the phone rings after six", "I let it ring", "stands", "today", 5, "4")


def somebody_with_weeks(*heaviness: int) -> Chat:
    return with_diary(Diary(weeks=weeks_before(*heaviness)))


def after(chat: Chat, *heaviness: int) -> Chat:
    """The weeks that follow the start, each with its number."""
    diary = chat.person.diary
    later = tuple(
        Week(monday := MONDAY + timedelta(weeks=number), datetime.combine(monday, time(20), UTC), each)
        for number, each in enumerate(heaviness)
    )
    chat.person = replace(chat.person, diary=replace(diary, weeks=(*diary.weeks, *later)))
    return chat.waits(weeks=len(heaviness))


def test_a_plan_is_kept_with_its_sentence_said_twice() -> None:
    chat = planning(somebody_with_weeks(8, 8), *PLAN)
    trial = chat.person.diary.trial

    assert trial is not None
    assert (trial.kind, trial.what, trial.predicted, trial.until_week) == ("load", "No calls after six", 5, 4)
    assert (trial.started, trial.ends) == (MONDAY, MONDAY + timedelta(weeks=4))
    told = "\n".join(words(reply) for reply in chat.replies)
    assert told.count("If the phone rings after six, then I let it ring") == 1
    assert "if the phone rings after six, then I let it ring" in words(chat.replies[-1])
    assert [each.body["event"] for each in chat.remembered("trial")] == ["planned"]


def test_without_a_sentence_the_plan_stands_plainly() -> None:
    chat = planning(somebody_with_weeks(8, 8), "load", None, None, "tomorrow", None, None)

    assert "trials.planned_plain" in prompts(chat.replies[-1])
    assert chat.person.diary.trial is not None
    assert chat.person.diary.trial.started == MONDAY + timedelta(days=1)


def test_a_plan_without_a_kind_is_no_plan() -> None:
    chat = planning(somebody_with_weeks(8, 8), None)

    assert chat.person.diary.trials == ()
    assert prompts(chat.replies[-1])[-1] == "trials.dropped"


def test_whoever_has_no_weeks_yet_is_told_what_will_tell() -> None:
    without, with_two = (planning(somebody_with_weeks(*weeks), *PLAN) for weeks in ((), (8, 8)))

    assert prompts(without.replies[-1])[-1] == "trials.needs_weeks"
    assert prompts(with_two.replies[-1])[-1] == "trials.has_weeks"


def test_the_trials_that_would_tell_most_are_named_first() -> None:
    chat = sketched()
    reply = chat.commands("trial")

    assert Label("trial.kind", "purpose") in facts(reply, "trial.kind")["fits"]


@pytest.mark.parametrize(("kind", "weeks"), [("load", 4), ("fix", 3), ("employer", 26)])
def test_a_trial_lasts_as_long_as_a_fair_one(kind: str, weeks: int) -> None:
    chat = planning(somebody_with_weeks(8, 8), kind, None, None, "today", None, None)

    assert chat.person.diary.trial is not None
    assert chat.person.diary.trial.ends - chat.person.diary.trial.started == timedelta(weeks=weeks)


def test_on_the_severe_track_less_load_gets_twelve_weeks() -> None:
    chat = planning(sketched(O2=9, O3="gt2"), "load", None, None, "today", None, None)

    assert chat.person.diary.trial is not None
    assert chat.person.diary.trial.ends - chat.person.diary.trial.started == timedelta(weeks=12)


def test_one_trial_at_a_time() -> None:
    chat = planning(somebody_with_weeks(8, 8), *PLAN)
    reply = chat.commands("trial")

    assert prompts(reply) == ("trials.running",)
    assert len(chat.person.diary.trials) == 1


def test_a_trial_that_has_not_begun_is_simply_taken_back() -> None:
    chat = planning(somebody_with_weeks(8, 8), "load", None, None, "monday", None, None)
    chat.commands("trial")
    reply = chat.taps("stop")

    assert prompts(reply) == ("trials.taken_back",)
    assert chat.person.diary.trials == ()


def test_somebody_on_leave_tries_nothing_at_work() -> None:
    chat = with_diary(Diary(), situation="leave")
    reply = chat.commands("trial")

    assert prompts(reply) == ("trials.on_leave",)
    assert chat.person.foreground is None


def test_a_look_keeps_how_much_was_kept_and_what_else_changed() -> None:
    chat = planning(somebody_with_weeks(8, 8), *PLAN).waits(days=8)
    chat.hears(order("trial_look"))
    for answer in ("50", ("holiday",), "harder than I thought"):
        chat.gives(answer)

    (kept,) = chat.person.diary.trials[0].checks
    assert (kept.week, kept.percent, kept.meanwhile) == (2, 50, ("holiday",))
    assert prompts(chat.replies[-1])[-1] == "trials.noted"


@pytest.mark.parametrize(
    ("heaviness", "outcome", "said"),
    [
        ((7, 6, 5, 5), "held", "It held"),
        ((5, 5, 7, 8), "temp", "came back"),
        ((8, 8, 8, 8), "none", "stayed about the same"),
        ((8, 9, 10, 10), "worse", "heavier meanwhile"),
        ((5, 5, 5, 6), "", "not decided"),
    ],
)
def test_at_its_end_what_happened_stands_beside_what_was_expected(
    heaviness: tuple[int, ...], outcome: str, said: str
) -> None:
    chat = after(planning(somebody_with_weeks(8, 8, 8), *PLAN), *heaviness)
    chat.hears(order("trial_look"))
    for answer in ("100", ("none",), "Six is late enough"):
        chat.gives(answer)
    (trial,) = chat.person.diary.trials

    assert (trial.outcome, trial.recalled, trial.lesson) == (outcome, False, "Six is late enough")
    assert said in words(chat.replies[-1])
    assert outcome == "" or "You had expected 5" in words(chat.replies[-1])


def test_without_weeks_the_memory_is_asked_and_marked() -> None:
    chat = planning(with_diary(Diary()), *PLAN).waits(weeks=4)
    chat.hears(order("trial_look"))
    for answer in ("75", ("none",), "lot", "back", None):
        chat.gives(answer)
    (trial,) = chat.person.diary.trials

    assert (trial.outcome, trial.recalled) == ("temp", True)
    assert "trials.recalled.temp" in prompts(chat.replies[-1])


def test_a_small_dose_is_called_one_and_a_fair_one_too() -> None:
    replies = []
    for kept in ("25", "100"):
        chat = after(planning(somebody_with_weeks(8, 8, 8), *PLAN), 8, 8, 8, 8)
        chat.hears(order("trial_look"))
        for answer in (kept, ("none",), None):
            chat.gives(answer)
        replies.append(chat.replies[-1])

    assert ["trials.small_dose" in prompts(reply) for reply in replies] == [True, False]
    assert "trials.full_dose" in prompts(replies[1])


@pytest.mark.parametrize("text", ["{{ 7 * 7 }}", "<b>loud</b>", "\u202eright to left", "\U0001f3d6" * 40])
def test_a_plan_in_strange_words_is_kept_and_quoted_as_it_is(text: str) -> None:
    chat = planning(somebody_with_weeks(8, 8), "load", text, text, text, "stands", "today", 5, "4")

    assert chat.person.diary.trial is not None
    assert chat.person.diary.trial.what == text
    assert "49" not in words(chat.replies[-1])
    assert "<b>loud" not in words(chat.replies[-1])


A_TRIAL = PlannedTrial(1, "load", MONDAY, MONDAY + timedelta(weeks=4))


def slots(chat: Chat, now: datetime) -> list[tuple[str, date]]:
    return [(each.slot, each.day) for each in wanted(chat.person, now)]


def test_looks_are_wanted_in_weeks_one_and_two_and_at_the_end() -> None:
    chat = with_diary(Diary(trials=(A_TRIAL,)))

    assert slots(chat, NOW) == [
        ("1.1", MONDAY + timedelta(weeks=1)),
        ("1.2", MONDAY + timedelta(weeks=2)),
        ("1.end", MONDAY + timedelta(weeks=4)),
    ]
    assert slots(chat, NOW + timedelta(weeks=3)) == [("1.end", MONDAY + timedelta(weeks=4))]


def test_nothing_is_wanted_of_a_trial_that_is_over() -> None:
    over = replace(A_TRIAL, ended=MONDAY + timedelta(weeks=1))

    assert slots(with_diary(Diary(trials=(over,))), NOW) == []


def test_an_offer_names_nothing_of_what_is_tried() -> None:
    chat = with_diary(Diary(trials=(replace(A_TRIAL, what="less of my boss"),))).waits(weeks=1)
    first = next(iter(wanted(chat.person, chat.now)))
    say = offered(chat.coach._visit(chat.person, chat.now), first)

    assert say is not None
    assert "boss" not in str(say)
    assert "load" not in str(say)
    assert chat.person.standing is Standing.ACTIVE
