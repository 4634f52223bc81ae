"""An answer typed before its question was written down as delivered still shows in that question."""

from __future__ import annotations

import pytest

from bot.arrivals import Departure
from bot.clock import MovableClock
from bot.parcels import Delivered, Failed, Kind
from bot.storage import Store
from tests.delivery.given import LEASE, NOW, Office, started, wrote

IN_ENGLISH, OF_AGE = 100, 101
"""The numbers of the messages that ask for the language and the age."""


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(fixed=NOW)


async def test_it_shows_there_even_when_another_process_delivered_the_question(
    store: Store, clock: MovableClock
) -> None:
    first, second = Office(store, clock), Office(store, clock)
    await first.take(started())
    await first.intake.take([wrote("english")])
    await first.intake.take([wrote("yes")])  # the question about the age is still in the outbox
    clock.offset += LEASE
    first.postman.fates.extend([Delivered(), Delivered(OF_AGE), Failed("the end of this process")])
    await first.sender.once()
    clock.offset += LEASE
    await second.sender.once()

    [edit] = [parcel for parcel in second.postman.parcels if parcel.kind is Kind.CHOSEN]
    assert edit.message == OF_AGE
    assert edit.html == "Are you 18 or older?\n\n\u2713 <b>Yes, I am</b>"


async def test_several_answers_in_one_batch_show_each_in_its_own_question(
    store: Store, clock: MovableClock
) -> None:
    office = Office(store, clock)
    await office.take(started())
    await office.take(wrote("english"), wrote("yes"))

    edits = [parcel for parcel in office.postman.parcels if parcel.kind is Kind.CHOSEN]
    assert [(edit.message, edit.html.split("\n\n")[-1]) for edit in edits] == [
        (IN_ENGLISH, "\u2713 <b>English</b>"),
        (OF_AGE, "\u2713 <b>Yes, I am</b>"),
    ]


async def test_words_to_a_question_that_never_arrived_change_no_other_message(
    store: Store, clock: MovableClock
) -> None:
    office = Office(store, clock)
    await office.take(started())
    await office.intake.take([wrote("english")])
    await office.intake.take([Departure("gone", "test:1", reachable=False, reason="blocked")])
    await office.intake.take([Departure("back", "test:1", reachable=True)])
    await office.take(wrote("yes"))

    assert [parcel for parcel in office.postman.parcels if parcel.kind is Kind.CHOSEN] == []
