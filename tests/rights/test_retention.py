"""Own words go after three months, and are asked about before; numbers and choices stay."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.exporting import as_json
from bot.housekeeping import CRISIS_FOR
from bot.storage import Keyring, RecordRow, Store
from flows.diary import Keeping
from flows.engine.heard import Commanded
from tests.delivery.given import NOW, Office, arrival, onboarded, wrote
from tests.rights.given import SECRET, an_office, export_from, person_of, row_of, somebody
from tests.rights.years import lived

CANARY = "heron on the roof"


@pytest.fixture
async def store(sqlite_url: str, keyring: Keyring) -> AsyncIterator[Store]:
    """These live through years; that records and people are read and written on both is shown elsewhere."""
    store = await Store.open(sqlite_url, keyring)
    yield store
    await store.close()


def questions(office: Office) -> list[str]:
    return [each for each in office.postman.said_to(1) if "numbers and choices stay" in each]


async def whole(store: Store) -> str:
    return as_json(await export_from(store, NOW)).decode()


async def test_words_are_asked_about_a_week_before_and_go_after_three_months(store: Store) -> None:
    office = an_office(store)
    await somebody(office)

    await lived(office, 82)
    assert questions(office) == []
    await lived(office, 2)
    assert len(questions(office)) == 1
    assert json.dumps(SECRET)[1:-1] in await whole(store)
    await lived(office, 10)

    assert len(questions(office)) == 1
    assert json.dumps(SECRET)[1:-1] not in await whole(store)


async def test_numbers_choices_and_the_map_stay(store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    before = (await person_of(store)).conversations["sketch"]

    await lived(office, 95)

    after = (await person_of(store)).conversations["sketch"]
    assert after.value("O1") is None
    assert after.value("O2") == before.value("O2") == 7
    assert (after.state, after.trail) == (before.state, before.trail)


async def test_that_they_went_is_told_once(store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    await lived(office, 95)

    await office.take(arrival(Commanded("help")))
    await office.take(arrival(Commanded("help")))

    assert sum("are gone now, as I said" in each for each in office.postman.said_to(1)) == 1


async def test_whoever_wants_to_keep_them_is_asked_again_three_months_later(store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    await lived(office, 84)

    await office.take(arrival(Commanded("keep_words")))
    await lived(office, 80)
    assert json.dumps(SECRET)[1:-1] in await whole(store)
    await lived(office, 5)

    assert len(questions(office)) == 2


async def test_whoever_lets_them_go_is_rid_of_them_at_once_in_the_records_too(store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    await lived(office, 84)

    await office.take(wrote("let them go"))

    assert json.dumps(SECRET)[1:-1] not in await whole(store)
    assert "Those words are gone" in office.postman.said_to(1)[-1]


async def test_younger_words_stay_and_are_asked_about_in_their_time(store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    await lived(office, 60)
    await office.take(arrival(Commanded("change", "sketch.O1")))
    await office.take(wrote(CANARY))
    await lived(office, 37)

    assert CANARY in await whole(store)
    assert json.dumps(SECRET)[1:-1] not in await whole(store)
    keeping = (await person_of(store)).diary.keeping
    assert keeping.since == (NOW + timedelta(days=60)).date()


@pytest.mark.parametrize("how", ["paused", "silenced", "unreachable"])
async def test_whoever_cannot_be_asked_loses_them_after_three_months(store: Store, how: str) -> None:
    office = an_office(store)
    await somebody(office)
    if how == "paused":
        await office.take(arrival(Commanded("pause")))
    elif how == "silenced":
        await office.take(arrival(Commanded("quiet", "retention")))
    else:
        async with store.transaction() as transaction:
            row = (await transaction.people(["test:1"]))["test:1"]
            await transaction.unreachable(row.id, "blocked", NOW)

    await lived(office, 91)

    assert questions(office) == []
    assert json.dumps(SECRET)[1:-1] not in await whole(store)


async def test_nobody_is_asked_who_wrote_nothing(store: Store) -> None:
    office = an_office(store)
    await onboarded(office)
    await office.take(wrote("skip"))
    await office.take(wrote("7"))

    await lived(office, 100)

    assert questions(office) == []
    assert (await person_of(store)).diary.keeping == Keeping()


async def test_a_crisis_is_forgotten_after_thirty_days(store: Store) -> None:
    await somebody(an_office(store))
    row = await row_of(store)
    assert row
    async with store.transaction() as transaction:
        await transaction.append(
            [
                RecordRow(person_id=row.id, kind="crisis", at=at, body={"type": "explicit"})
                for at in (NOW - CRISIS_FOR - timedelta(hours=1), NOW - CRISIS_FOR + timedelta(hours=1))
            ]
        )
        await transaction.purge(NOW, records_before={"crisis": NOW - CRISIS_FOR})

        left = await transaction.records(row, ["crisis"])

    assert [each.at for each in left] == [NOW - CRISIS_FOR + timedelta(hours=1)]
