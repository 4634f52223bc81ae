"""Nothing comes by itself in a crisis, a day after explicit words, or in a pause; but a look in if wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.longitudinal.local_time import is_quiet, minute_of
from flows.nudging import planned
from flows.person import Crisis, Person, Standing
from flows.safety.crisis import A_DAY
from flows.safety.crisis_look_in import LOOK_IN
from tests.coach.given import Chat, order, prompts, said
from tests.longitudinal.nudged import kind, three_a_day, wanted, weekly
from tests.safety.crisis_given import at_work, in_crisis, listening

EVERYTHING = (LOOK_IN, three_a_day(), weekly(), kind("a", 1, wanted("a", "2026-03-03", "morning")))


def nudged(chat: Chat) -> Chat:
    """The chat with much that wants to come."""
    chat.coach = replace(listening(), kinds=EVERYTHING)
    return chat


def due(chat: Chat, now: datetime) -> set[str]:
    return {each.kind for each in planned(chat.person, now, EVERYTHING)}


def test_without_a_crisis_all_of_this_would_come() -> None:
    assert len(due(nudged(at_work()), at_work().now)) > 1


def test_a_nudge_that_is_due_in_the_same_second_does_not_come() -> None:
    chat = nudged(at_work())
    nudge = planned(chat.person, chat.now, EVERYTHING)[0]
    chat.now = nudge.due - timedelta(seconds=20)
    chat.says("I want to die")

    nudging = chat.coach.nudge(chat.person, nudge, nudge.due)

    assert (nudging.outcome, nudging.reply.says) == ("dropped", ())


def wants_a_look_in(**changes: object) -> Chat:
    chat = in_crisis(**changes)
    chat.taps("draft")
    chat.taps("yes")
    return chat


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"])
def test_a_look_in_comes_once_not_before_a_full_day_and_never_in_the_night(hour: int, zone: str) -> None:
    chat = at_work(zone=zone)
    chat.now = datetime(2026, 3, 28, hour, 40, tzinfo=UTC)
    chat.says("I want to die")
    chat.taps("draft"), chat.taps("yes")
    explicit = chat.person.crisis.explicit_at
    assert explicit is not None

    (nudge,) = planned(chat.person, chat.now)
    nudging = chat.coach.nudge(chat.person, nudge, nudge.due)

    assert timedelta(0) <= nudge.due - explicit - A_DAY <= timedelta(hours=24)
    assert not is_quiet(minute_of(nudge.due, ZoneInfo(zone)), (21 * 60 + 30, 8 * 60))
    assert prompts(nudging.reply) == ("crisis.looking_in",)
    assert planned(nudging.reply.person, nudge.due) == ()


def test_a_look_in_says_nothing_that_may_not_stand_on_a_locked_screen() -> None:
    chat = wants_a_look_in()
    (nudge,) = planned(chat.person, chat.now)

    say = said(chat.coach.nudge(chat.person, nudge, nudge.due).reply, "crisis.looking_in")

    assert not say.facts
    assert {button.token for button in say.buttons} == {
        *("c:crisis:day_after.go_on", "c:crisis:day_after.waiting", "c:crisis:day_after.lines"),
    }


def test_a_look_in_that_nobody_wanted_does_not_come() -> None:
    chat = in_crisis()
    chat.taps("draft"), chat.taps("no")

    assert planned(chat.person, chat.now) == ()


def test_a_look_in_is_not_offered_to_somebody_who_paused() -> None:
    chat = in_crisis(standing=Standing.PAUSED)

    assert "crisis.look_in" not in prompts(chat.taps("draft"))


def test_explicit_words_again_move_the_look_in() -> None:
    chat = wants_a_look_in()
    chat.waits(hours=20).says("I want to die")

    (nudge,) = planned(chat.person, chat.now)

    assert nudge.due - chat.now >= A_DAY


def test_once_work_goes_on_what_was_wanted_comes_again() -> None:
    chat = nudged(in_crisis())
    chat.waits(hours=25).says("I'm OK to go on")

    assert len(due(chat, chat.now)) > 1


EVENTS = st.one_of(
    st.sampled_from(["I want to die", "I can't go on", "yes", "no", "I'm OK to go on", "hm"]).map(
        lambda text: ("say", text)
    ),
    st.sampled_from(["pause", "continue", "sos", "privacy"]).map(lambda name: ("order", name)),
    st.sampled_from(["safe.no", "look_in.yes", "day_after.go_on", "ask.yes"]).map(lambda step: ("tap", step)),
    st.sampled_from([1, 5, 23, 25, 80]).map(lambda hours: ("wait", str(hours))),
    st.just(("due", "")),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=30))
@example([("say", "I want to die"), ("wait", "25"), ("tap", "day_after.go_on"), ("due", "")])
@example([("say", "I want to die"), ("tap", "look_in.yes"), ("wait", "25"), ("due", "")])
@example([("say", "I want to die"), ("tap", "look_in.yes"), ("order", "pause"), ("wait", "25"), ("due", "")])
def test_no_first_message_comes_in_a_crisis_in_a_pause_or_a_day_after_explicit_words(
    events: list[tuple[str, str]],
) -> None:
    chat = nudged(at_work())
    waiting = {*planned(chat.person, chat.now, EVERYTHING)}
    explicit: datetime | None = None
    for what, which in events:
        before = chat.person
        happens(chat, what, which)
        if chat.person.crisis.explicit_at != before.crisis.explicit_at:
            explicit = chat.person.crisis.explicit_at
        waiting |= {*planned(chat.person, chat.now, EVERYTHING)}  # another process may still have old ones
        for nudge in waiting:
            came = chat.coach.nudge(chat.person, nudge, max(nudge.due, chat.now))
            if came.outcome == "sent":
                assert may_come(chat.person, nudge.kind, max(nudge.due, chat.now), explicit)


def may_come(person: Person, kind: str, now: datetime, explicit: datetime | None) -> bool:
    """The rule of safety.md C11, written a second time and in other words than in the code."""
    if person.standing is Standing.PAUSED:
        return False
    soon = explicit is not None and now < explicit + timedelta(hours=24)
    if kind == "look_in":
        return person.crisis.look_in and not soon
    return not soon and person.crisis.since is None


def happens(chat: Chat, what: str, which: str) -> None:
    match what:
        case "say":
            chat.says(which)
        case "order":
            chat.commands(which)
        case "tap":
            chat.hears(order("crisis", which))
        case "wait":
            chat.waits(hours=int(which))
        case "due":
            for nudge in planned(chat.person, chat.now, EVERYTHING)[:1]:
                chat.now = max(chat.now, nudge.due)
                chat.person = chat.coach.nudge(chat.person, nudge, chat.now).reply.person


def test_a_crisis_that_is_over_is_forgotten_after_thirty_days() -> None:
    chat = in_crisis()
    chat.waits(hours=25).says("I'm OK to go on")

    chat.waits(days=31).commands("help")

    assert chat.person.crisis == Crisis()
