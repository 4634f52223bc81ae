"""Words that wait for a yes, and the lines of a plan, do not wait for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import retention
from bot.desk import desk_of, put_back
from bot.storage.store import Store
from flows import own_words
from flows.engine.say import Say
from flows.person import Crisis, Held, Person
from flows.safety.crisis import A_DAY, KEPT_FOR, still_known
from tests.coach.given import NOW, a_stranger, facts, order, prompts, words
from tests.delivery.given import onboarded
from tests.rights.given import an_office, changed, person_of
from tests.safety.crisis_given import at_work, in_crisis, last, listening
from tests.test_desk import a_row

HARM = "He hits me"
A_SECOND = timedelta(seconds=1)


def holding(**crisis: object) -> Crisis:
    return replace(Crisis(held=Held(HARM, at=NOW)), **crisis)  # type: ignore[arg-type]


@pytest.mark.parametrize("since", [None, NOW])
def test_words_that_wait_go_after_thirty_days_also_in_a_crisis(since: object) -> None:
    crisis = holding(since=since)

    assert still_known(crisis, NOW + KEPT_FOR - A_SECOND).held is not None
    assert still_known(crisis, NOW + KEPT_FOR).held is None


def test_more_words_do_not_make_the_first_ones_wait_longer() -> None:
    chat = at_work()
    chat.says(HARM, ref=900)
    first = chat.person.crisis.held
    chat.waits(days=20).says(f"{HARM} again")
    held = chat.person.crisis.held

    assert first is not None
    assert held is not None
    assert held.at == first.at


def test_words_that_an_earlier_release_held_wait_from_now_on() -> None:
    there = still_known(holding(held=Held(HARM)), NOW)

    assert there.held == Held(HARM, at=NOW)
    assert still_known(there, NOW + KEPT_FOR).held is None


def test_a_tap_on_keep_of_last_month_keeps_nothing() -> None:
    chat = at_work()
    chat.says(HARM, ref=900)
    chat.waits(days=31)

    reply = chat.taps("keep")

    assert (prompts(reply), reply.toast) == ((), Say("engine.moved_on"))
    assert HARM not in str(chat.person)


def test_it_is_said_how_long_they_wait() -> None:
    assert "thirty days" in words(at_work().says(HARM, ref=900))


def test_a_plan_that_nobody_finished_goes_after_a_day_and_is_not_gone_on_with() -> None:
    chat = in_crisis()
    chat.says("a small plan")
    chat.says("the sofa")
    assert "the sofa" in chat.person.crisis.plan

    chat.waits(hours=25).says("my brother")

    assert chat.person.crisis.plan == ()
    assert chat.person.crisis.plan_at is None


def test_words_that_wait_go_with_the_other_own_words_of_their_age() -> None:
    person = replace(at_work().person, crisis=holding(), heard_at=NOW + A_DAY)

    assert own_words.without(person, NOW).crisis.held is not None
    assert own_words.without(person, NOW + A_SECOND).crisis.held is None
    assert own_words.oldest(replace(person, conversations={})) == NOW.date()


def test_explicit_words_leave_what_waits_where_it_was() -> None:
    chat = at_work()
    chat.says(HARM, ref=900)

    chat.says("I want to die")

    assert chat.person.crisis.on
    assert chat.person.crisis.held is not None


def test_all_of_it_survives_the_store() -> None:
    crisis = holding(weighed=("a:1",), told_of_lists=True, plan=("x",), plan_at=NOW)
    desk = desk_of(a_row("new"), NOW, "en")
    desk.person, desk.chat = replace(Person(seed=7), crisis=crisis), 42
    put_back(desk)

    assert desk_of(desk.row, NOW, "en").person.crisis == crisis


COUNTRIES = [(None, "sos.emergency_unknown"), ("XX", "sos.emergency_unknown"), ("DE", "sos.emergency")]


@pytest.mark.parametrize(("country", "prompt"), COUNTRIES)
def test_in_what_is_said_about_harm_no_other_country_has_a_number(country: str | None, prompt: str) -> None:
    reply = at_work(country=country).says(HARM, ref=900)

    assert prompt in prompts(reply)
    assert not any(sign.isdigit() for say in reply.says[:2] for sign in words(replace(reply, says=(say,))))


def test_in_the_united_states_the_number_for_harm_is_theirs() -> None:
    assert facts(at_work(country="US").says(HARM, ref=900), "sos.emergency") == {"number": "911"}


def test_nothing_is_held_of_somebody_who_has_not_agreed() -> None:
    chat = a_stranger(coach=listening())

    chat.says(HARM)

    assert chat.person.crisis.held is None


def test_a_second_tap_on_keep_does_nothing_more() -> None:
    chat = at_work()
    chat.says(HARM, ref=900)
    keep = order("crisis", "harm_kept.keep")

    first, second = chat.hears(keep), chat.hears(keep)

    assert last(first) == "sketch.O2"
    assert (prompts(second), second.remember) == ((), ())


async def test_the_daily_look_at_everybody_lets_them_go_without_a_word_of_the_person(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BREATHER", 0)
    office = an_office(store)
    await onboarded(office)
    await changed(store, lambda person: replace(person, crisis=holding()), NOW)

    await retention.Retention(store, lambda: NOW + KEPT_FOR - A_SECOND).everybody()
    before = (await person_of(store)).crisis.held
    await retention.Retention(store, lambda: NOW + KEPT_FOR).everybody()

    assert before == Held(HARM, at=NOW)
    assert (await person_of(store)).crisis.held is None
