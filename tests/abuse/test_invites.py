"""A private instance: who is let in, what the others hear, and that nothing is stored of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text as sql

from bot.references import code_in, fresh_code, reference_of
from bot.storage import Keyring, Store
from flows.engine.heard import Commanded, Sent, Tapped, Wrote
from flows.engine.tokens import order_token
from tests.abuse.given import GuardedOffice
from tests.delivery.given import arrival
from tests.rights.given import bytes_of_database
from tests.serving.given import World
from tests.storage.given import number_of, past_the_store

CODE = "7K3M-Q0XZ-ABCD"


@pytest.fixture
def office(store: Store, keyring: Keyring) -> GuardedOffice:
    return GuardedOffice(store, keyring, invite_only=True)


async def test_whoever_has_no_code_hears_one_sentence_and_nothing_is_stored(
    office: GuardedOffice, database_url: str
) -> None:
    said = await office.hears(Commanded("start"), Wrote("hello?"), Wrote("anybody"))
    said += await office.hears(Sent("voice"))

    (sentence,) = said
    assert "people who were invited" in sentence
    assert [number_of(database_url, table) for table in ("person", "record", "outbox")] == [0, 0, 0]


async def test_not_even_their_account_leaves_a_trace(sqlite_url: str, keyring: Keyring) -> None:
    store = await Store.open(sqlite_url, keyring)
    guarded = GuardedOffice(store, keyring, invite_only=True)
    await guarded.hears(Wrote("the canary sings at work"), chat=4711)
    await store.close()

    found = bytes_of_database(sqlite_url)
    assert b"canary" not in found
    assert keyring.lookup("test:4711") not in found


@pytest.mark.parametrize(
    "way", [Commanded("start", CODE), Wrote(CODE), Wrote(" 7k3m q0xz abcd "), Wrote("7K3MQOXZABCD")]
)
async def test_a_code_in_a_link_or_typed_lets_somebody_in(office: GuardedOffice, way: Wrote) -> None:
    await office.invites(CODE)

    said = await office.hears(way)

    assert "I'm Tare" in said[-1]
    assert await office.hears(Wrote("english")) != []


async def test_a_code_lets_in_as_many_as_it_says(office: GuardedOffice) -> None:
    await office.invites(CODE, uses=2)

    let_in = ["I'm Tare" in "".join(await office.hears(Wrote(CODE), chat=chat)) for chat in (1, 2, 3)]

    assert let_in == [True, True, False]


async def test_several_in_one_batch_use_it_up_one_by_one(office: GuardedOffice, database_url: str) -> None:
    await office.invites(CODE, uses=2)
    await office.intake.take([arrival(Wrote(CODE), chat) for chat in range(1, 6)])

    assert number_of(database_url, "person") == 2


async def test_a_code_that_is_over_or_withdrawn_lets_nobody_in(office: GuardedOffice) -> None:
    await office.invites(CODE, days=1)
    await office.invites("0000-0000-0001", days=9)
    async with office.store.transaction() as transaction:
        assert await transaction.withdraw("0000-0000-0001")
    office.waits(days=2)

    assert "invited" in (await office.hears(Wrote(CODE)))[0]
    assert "invited" in (await office.hears(Wrote("0000-0000-0001"), chat=2))[0]


async def test_whoever_is_in_stays_in_whatever_they_write(office: GuardedOffice, database_url: str) -> None:
    await office.invites(CODE)
    await office.hears(Wrote(CODE))

    assert await office.hears(Commanded("start", CODE))
    async with office.store.transaction() as transaction:
        (invite,) = await transaction.invites()
    assert invite.used == 1
    assert office.outside == []


async def test_only_a_keyed_hash_of_a_code_is_stored(office: GuardedOffice, database_url: str) -> None:
    await office.invites(CODE)

    with past_the_store(database_url) as connection:
        (stored,) = connection.execute(sql("SELECT code FROM invite")).scalars()
    assert len(bytes(stored)) == 32
    assert CODE.encode() not in bytes(stored)


async def test_an_account_on_the_list_needs_no_code_and_others_do(store: Store, keyring: Keyring) -> None:
    guarded = GuardedOffice(store, keyring, allowed=(7,))

    assert "I'm Tare" in (await guarded.hears(Commanded("start"), chat=7))[0]
    assert "invited" in (await guarded.hears(Commanded("start"), chat=8))[0]


@pytest.mark.parametrize(
    "cry",
    [
        Commanded("sos"),
        Wrote("sos"),
        Wrote("/SOS"),
        Tapped(order_token("sos")),
        Tapped("c:crisis:ways.lines"),
    ],
)
async def test_help_is_there_for_everybody_and_without_a_trace(
    office: GuardedOffice, database_url: str, cry: Wrote
) -> None:
    said = await office.hears(cry)

    assert any("112" in bubble or "findahelpline" in bubble for bubble in said)
    assert number_of(database_url, "person") == 0
    assert all(not parcel.rows for answer in office.outside for parcel in answer)


async def test_help_comes_in_their_language_and_again_later(office: GuardedOffice) -> None:
    first = await office.hears(Commanded("sos"))
    at_once = await office.hears(Commanded("sos"))
    office.waits(seconds=11)
    cry = replace(arrival(Commanded("sos")), locale="de-AT")
    taken = await office.intake.take([cry])
    german = [parcel.html for answer in taken.outside for parcel in answer]

    assert at_once == []
    assert len(german) == len(first)
    assert german != first


async def test_privacy_is_told_to_whoever_asks(office: GuardedOffice, database_url: str) -> None:
    said = await office.hears(Commanded("privacy"))

    assert "encrypted" in " ".join(said)
    assert "reference" not in " ".join(said)
    assert number_of(database_url, "person") == 0


async def test_a_crowd_at_the_door_is_not_answered_one_by_one(office: GuardedOffice) -> None:
    for chat in range(1, 301):
        await office.hears(Wrote("let me in"), chat=chat)

    assert len(office.outside) <= 25


async def test_on_telegram_the_sentence_arrives_and_a_code_opens(world: World) -> None:
    settings = world.settings.model_copy(update={"invite_only": True})
    closed = World(world.api, settings)
    ada = await world.api.phone()
    async with closed.bot() as service:
        await ada.command("start")
        await ada.hears("people who were invited")
        await ada.command("sos")
        await ada.hears("112")
        code = fresh_code()
        async with service.store.transaction() as transaction:
            await transaction.invite([code], 1, service.clock().replace(year=2100))
        await ada.command("start", code)
        await ada.hears("I'm Tare")


def test_what_is_read_out_is_understood_and_nothing_else_is_a_code() -> None:
    code = fresh_code()

    assert code_in(code) == code_in(code.lower().replace("-", " ")) == code
    assert code_in("O" * 12) == code_in("0" * 12)
    assert [code_in(words) for words in ("hello there", "", "U" * 12, "1" * 13, "-" * 40)] == [None] * 5
    assert reference_of(b"\xff" * 32) == "ZZZZ-ZZZZ"
