"""In every state somebody can take along what there is of them and be rid of it, and /sos answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.clock import MovableClock
from bot.house import furnish
from bot.storage.store import Store
from flows.engine.heard import Commanded, Heard, Tapped, Wrote
from flows.engine.tokens import order_token
from flows.person import Crisis, Person, Standing
from tests.coach.given import Chat, a_stranger, bubbles, order, prompts, words
from tests.delivery.given import NOW, Office, arrival, wrote
from tests.rights.given import row_of
from tests.safety.crisis_given import at_work, in_crisis, last, listening

LANGUAGE = "I'm Tare"


def fresh() -> Chat:
    return a_stranger(coach=listening())


def in_the_introduction() -> Chat:
    chat = fresh()
    chat.commands("start")
    chat.gives("en")
    return chat


def asked_for_consent() -> Chat:
    chat = in_the_introduction()
    chat.gives("yes")
    return chat


def declined() -> Chat:
    return a_stranger(coach=listening(), standing=Standing.DECLINED)


def too_young() -> Chat:
    """Somebody who said so and was deleted: whoever writes then is a stranger."""
    chat = in_the_introduction()
    chat.gives("no")
    assert chat.person.standing is Standing.LEAVING
    chat.person = Person(seed=7)
    return chat


def paused() -> Chat:
    return at_work(standing=Standing.PAUSED)


def asked_the_question() -> Chat:
    chat = at_work()
    chat.says("I can't go on", ref=900)
    return chat


def words_waiting() -> Chat:
    chat = at_work()
    chat.says("He hits me", ref=900)
    return chat


def a_stranger_in_crisis() -> Chat:
    chat = in_the_introduction()
    chat.says("I want to die")
    return chat


NOT_AGREED = (fresh, in_the_introduction, asked_for_consent, declined, too_young, a_stranger_in_crisis)
AGREED = (at_work, paused, asked_the_question, words_waiting, in_crisis)
States = Callable[[], Chat]


@pytest.mark.parametrize("state", AGREED)
def test_whoever_agreed_gets_a_file_and_may_delete_everything(state: States) -> None:
    taking, leaving = state(), state()

    assert taking.commands("export").wants == ("export",)
    assert prompts(leaving.commands("erase")) == ("erase.ask",)
    leaving.taps("yes")
    assert leaving.person == Person(7, "en", Standing.LEAVING, heard_at=leaving.now)


@pytest.mark.parametrize("state", NOT_AGREED)
def test_whoever_agreed_to_nothing_is_told_what_there_is_and_gets_no_empty_file(state: States) -> None:
    chat = state()

    reply = chat.commands("export")

    assert reply.wants == ()
    assert prompts(reply)[0].startswith("unagreed.export_")
    assert LANGUAGE not in words(reply)


@pytest.mark.parametrize("state", NOT_AGREED)
@pytest.mark.parametrize("how", ["tap", "typed"])
def test_whoever_agreed_to_nothing_may_be_rid_of_that_in_two_steps(state: States, how: str) -> None:
    chat = state()
    before = chat.person

    first = chat.commands("erase")
    still_there = chat.person.standing
    second = chat.commands("erase", "now") if how == "typed" else chat.hears(order("erase", "now"))

    assert prompts(first) == (prompts(first)[0],)
    assert still_there is before.standing
    assert prompts(second) == ("privacy.erased",)
    assert chat.person.standing is Standing.LEAVING
    assert chat.person.crisis == Crisis()


@pytest.mark.parametrize("state", [in_the_introduction, asked_for_consent])
def test_asking_for_it_loses_nobody_their_place_in_the_introduction(state: States) -> None:
    chat = state()
    open_question = chat.foreground

    chat.commands("erase")

    assert chat.foreground == open_question
    assert last(chat.commands("continue")) == f"onboarding.{open_question.state}"


def test_erase_now_deletes_nothing_at_once_of_somebody_who_agreed() -> None:
    chat = at_work()

    assert prompts(chat.commands("erase", "now")) == ("erase.ask",)
    assert prompts(at_work().hears(order("erase", "now"))) == ("erase.ask",)
    assert chat.person.standing is Standing.ACTIVE


@pytest.mark.parametrize("name", ["withdraw", "keep_words", "let_go"])
def test_in_a_crisis_nobody_is_led_into_the_introduction_by_their_rights(name: str) -> None:
    chat = a_stranger_in_crisis()

    assert prompts(chat.commands(name))[0] == "crisis.waits"


@pytest.mark.parametrize("state", [*NOT_AGREED, *AGREED])
def test_help_answers_in_every_state_and_the_page_about_privacy_too(state: States) -> None:
    assert {"sos.lines", "sos.finder"} & {*prompts(state().commands("sos"))}
    assert prompts(state().commands("privacy"))[0] == "privacy.what"


@pytest.mark.parametrize(
    ("contact", "said"), [("", "the person who runs this bot"), ("safety@example.org", "safety@example.org")]
)
def test_the_page_about_privacy_names_whom_to_tell_of_harm(contact: str, said: str) -> None:
    chat = at_work()
    chat.coach = furnish(listens=True, contact=contact).coach

    reply = chat.commands("privacy")

    assert said in words(reply)
    assert reply.says[-1].buttons


def test_a_contact_that_looks_like_markup_is_shown_as_it_is() -> None:
    chat = at_work()
    chat.coach = replace(chat.coach, contact="<b>x</b>")

    assert "&lt;b&gt;x" in "".join(bubble.html for bubble in bubbles(chat.commands("privacy")))


@pytest.mark.parametrize("declines", [False, True])
async def test_in_the_database_nothing_of_them_is_left(store: Store, declines: bool) -> None:
    office = Office(store, MovableClock(fixed=NOW))
    script: list[Heard] = [Commanded("start"), Wrote("english"), Wrote("yes")]
    for heard in (*script, *((Wrote("no"),) if declines else ())):
        await office.take(arrival(heard))
    assert await row_of(store) is not None

    await office.take(arrival(Commanded("erase")))
    await office.take(arrival(Tapped(order_token("erase", "now"))))
    await office.sender.once()

    assert "Everything is deleted" in office.postman.said_to(1)[-1]
    assert await row_of(store) is None
    await office.take(wrote("hello"))
    assert LANGUAGE in office.postman.said_to(1)[-1]
