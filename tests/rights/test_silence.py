"""Whoever gives no sign for a year is deleted, with a warning; once a day everybody is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.channels.telegram import Telegram
from bot.housekeeping import Housekeeping
from bot.retention import Retention
from bot.storage import Keyring, Overtaken, Store, Transaction
from flows import notices
from flows.diary import Nudged
from flows.engine.heard import Commanded
from flows.person import Person, Standing
from tests.delivery.given import NOW, Office, arrival, the_house, wrote
from tests.rights.given import an_office, changed, row_of, somebody
from tests.rights.years import lived, looked_at


@pytest.fixture
async def store(sqlite_url: str, keyring: Keyring) -> AsyncIterator[Store]:
    """These live through years; that records and people are read and written on both is shown elsewhere."""
    store = await Store.open(sqlite_url, keyring)
    yield store
    await store.close()


async def test_a_silent_person_is_warned_after_eleven_months_and_deleted_after_a_year(store: Store) -> None:
    """Although they fell silent long before, and were told that nothing more comes."""
    office = an_office(store)
    await somebody(office)
    await changed(store, fallen_silent, NOW)

    await lived(office, 335)
    assert warnings(office) == []
    await lived(office, 29)
    assert len(warnings(office)) == 1
    assert await row_of(store) is not None
    await lived(office, 2)

    assert len(warnings(office)) == 1
    assert await row_of(store) is None


def warnings(office: Office) -> list[str]:
    return [each for each in office.postman.said_to(1) if "almost a year" in each]


def fallen_silent(person: Person) -> Person:
    sent = tuple(Nudged("settle", str(number), NOW, day=NOW.date()) for number in range(3))
    return replace(person, diary=replace(person.diary, nudged=sent))


async def test_one_tap_keeps_everything_for_another_year(store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    await changed(store, fallen_silent, NOW)
    await lived(office, 350)

    await office.take(wrote("keep it"))
    await lived(office, 300)

    assert await row_of(store) is not None
    assert len(warnings(office)) == 1


@pytest.mark.parametrize("standing", [Standing.PAUSED, Standing.RESTING, Standing.DECLINED])
async def test_whoever_does_not_want_to_be_written_to_is_deleted_without_a_word(
    store: Store, standing: Standing
) -> None:
    office = an_office(store)
    await somebody(office)
    await changed(store, lambda person: replace(person, standing=standing), NOW)
    said = len(office.postman.said_to(1))

    await lived(office, 1)
    await looked_at(office, days=390)
    assert (await row_of(store)) is not None
    await looked_at(office, days=4)

    assert await row_of(store) is None
    assert len(office.postman.said_to(1)) == said


async def test_nobody_is_deleted_who_says_something_now_and_then(store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    for _ in range(5):
        await looked_at(office, days=200)
        await office.take(arrival(Commanded("help")))

    assert await row_of(store) is not None


async def test_it_is_done_beside_the_bot(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    done = asyncio.Event()

    async def once_a_day(_: Retention) -> None:
        done.set()

    monkeypatch.setattr(Retention, "once_a_day", once_a_day)
    telegram = Telegram("7000000001:AAExampleExampleExampleExample", "http://127.0.0.1:9")
    house = the_house()
    running = asyncio.create_task(Housekeeping(store, telegram, house.voices, lambda: NOW).run())

    await asyncio.wait_for(done.wait(), 10)

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await telegram.close()


async def test_a_portion_that_lost_a_race_is_begun_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = an_office(store)
    await somebody(office)
    await changed(store, lambda person: replace(person, standing=Standing.PAUSED), NOW)
    office.clock.move("+57w")
    whole, calls = Retention._portion, iter(range(9))

    async def races(looking: Retention, transaction: Transaction, after: int) -> int | None:
        if next(calls) == 0:
            raise Overtaken("somebody was faster")
        return await whole(looking, transaction, after)

    monkeypatch.setattr(Retention, "_portion", races)
    await Retention(store, office.clock).everybody()

    assert await row_of(store) is None


async def test_everybody_is_looked_at_once_a_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    office = an_office(store)
    looks: list[int] = []
    looking = Retention(store, office.clock)

    async def look(*_: object) -> None:
        looks.append(1)

    monkeypatch.setattr(Retention, "_look_at", look)
    await somebody(office)

    for _ in range(3):
        await looking.once_a_day()
    office.clock.set(office.clock() + timedelta(days=1))
    await looking.once_a_day()

    assert len(looks) == 2


@pytest.mark.parametrize(
    ("heard", "warned"),
    [
        (datetime(2026, 1, 31, tzinfo=UTC), date(2027, 2, 1)),
        (datetime(2026, 2, 1, tzinfo=UTC), date(2027, 2, 1)),
        (datetime(2027, 3, 31, 23, tzinfo=UTC), date(2028, 3, 1)),
    ],
)
def test_the_warning_comes_on_the_first_of_a_month(heard: datetime, warned: date) -> None:
    on = notices.warned_on(heard)

    assert on == warned
    assert notices.WARNED_AFTER < on - heard.date() <= notices.WARNED_AFTER + timedelta(days=31)
