"""One person sends more than anybody could: nobody waits for it, nothing grows, no human pace is touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.arrivals import Arrival, Departure
from bot.floods import BURST, CALM, LONG_BURST, MOST_DECIDED, MOST_KNOWN, Fate, Floods
from bot.storage import Keyring, Store
from flows.engine.heard import Commanded, Heard, Tapped, Wrote
from tests.abuse.given import GuardedOffice
from tests.delivery.given import arrival, onboarded
from tests.serving.given import World, in_onboarding
from tests.storage.given import number_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FLOOD = 5000
A_LINE = Wrote("x")


def floods() -> Floods:
    return Floods(lambda event: event.heard == Commanded("sos"))


def fates(measured: Floods, times: list[float], heard: Heard = A_LINE) -> list[Fate]:
    """What becomes of one person's events at these seconds."""
    found = []
    for at in times:
        event = arrival(heard)
        found.append(measured.sift([event], NOON + timedelta(seconds=at))[event.key])
    return found


def test_a_burst_is_heard_then_one_word_is_said_then_nothing() -> None:
    found = fates(floods(), [0.0] * FLOOD)

    assert found.count(Fate.HEARD) == BURST
    assert found.index(Fate.TOLD) == BURST
    assert found.count(Fate.TOLD) == 1


def test_a_minute_of_it_costs_as_much_as_a_moment() -> None:
    found = fates(floods(), [60 * number / FLOOD for number in range(FLOOD)])

    assert found.count(Fate.HEARD) <= BURST + 1
    assert found.count(Fate.TOLD) == 1


def test_after_a_silence_they_are_read_again() -> None:
    measured = floods()
    fates(measured, [0.0] * 100)

    assert fates(measured, [CALM - 1]) == [Fate.DROPPED]
    assert fates(measured, [2 * CALM]) == [Fate.HEARD]


def test_day_and_night_of_it_is_limited_too_and_each_new_try_gets_a_word() -> None:
    measured = floods()
    found = fates(measured, [21.0 * number for number in range(24 * 3600 // 21)])

    assert found.count(Fate.HEARD) < LONG_BURST + 24 * 120 + 1
    assert Fate.DROPPED not in found


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.floats(0.25, 4),  # tapping as fast as a thumb goes
            st.floats(4, 60),
            st.just(0.0),  # a double tap, or the parts of a pasted text
        ),
        max_size=280,
    )
)
def test_nothing_that_a_person_could_do_is_ever_dropped(pauses: list[float]) -> None:
    """At most 25 at once (a pasted text of 100,000 letters), and otherwise no faster than one a second on
    average, which is as fast as questions come.
    """
    at, allowance, times = 0.0, 25.0, []
    for pause in pauses:
        wait = pause if allowance + pause >= 1 else 1.0
        at, allowance = at + wait, min(25.0, allowance + wait) - 1
        times.append(at)

    assert set(fates(floods(), times)) <= {Fate.HEARD}


def test_marking_and_unmarking_a_long_list_is_heard() -> None:
    """Twelve options, each set and taken away again, four taps a second."""
    assert set(fates(floods(), [number / 4 for number in range(24)], Tapped("q:1:1:O7:+sleep"))) == {
        Fate.HEARD
    }


def test_a_call_for_help_is_heard_in_the_middle_of_a_flood_and_cannot_be_one() -> None:
    measured = floods()
    fates(measured, [0.0] * 1000)

    assert fates(measured, [0.1], Commanded("sos")) == [Fate.HEARD]
    assert fates(measured, [0.2] * 1000, Commanded("sos")).count(Fate.HEARD) <= 5


def test_words_that_may_be_a_cry_are_listened_to_now_and_then_in_a_flood() -> None:
    """Listening costs more than dropping: a flood of long texts must not make anybody wait."""
    listened: list[str] = []

    def hears(event: Arrival) -> bool:
        listened.append(event.key)
        return len(listened) == 3

    measured = Floods(lambda event: False, hears)
    found = fates(measured, [60 * number / FLOOD for number in range(FLOOD)])

    assert 3 < len(listened) < 40
    assert found.count(Fate.HEARD) <= BURST + 2


def test_the_same_event_has_the_same_fate_when_it_comes_again() -> None:
    """While the database is away a batch comes again and again: that is nobody's flood."""
    measured, events = floods(), [arrival(Wrote("x")) for _ in range(10)]
    for _ in range(50):
        assert set(measured.sift(events, NOON).values()) == {Fate.HEARD}


def test_one_flood_is_not_another_one_s() -> None:
    measured = floods()
    fates(measured, [0.0] * 1000)
    other = arrival(Wrote("x"), chat=2)

    assert measured.sift([other], NOON)[other.key] is Fate.HEARD


def test_that_somebody_blocks_the_coach_always_counts() -> None:
    measured = floods()
    fates(measured, [0.0] * 1000)
    gone = Departure("k", "test:1", reachable=False)

    assert measured.sift([gone], NOON) == {"k": Fate.HEARD}


def test_what_is_remembered_of_people_has_an_end() -> None:
    measured = floods()
    for chat in range(MOST_KNOWN + 500):
        measured.sift([arrival(Wrote("x"), chat)], NOON)

    assert len(measured._known) == MOST_KNOWN
    assert len(measured._decided) == MOST_DECIDED


@pytest.fixture
async def office(store: Store, keyring: Keyring) -> GuardedOffice:
    office = GuardedOffice(store, keyring, floods=True)
    await onboarded(office)
    office.waits(minutes=1)
    return office


async def test_five_thousand_messages_leave_no_more_than_a_burst_behind(
    office: GuardedOffice, database_url: str
) -> None:
    before = {table: number_of(database_url, table) for table in ("record", "seen_update", "dead_letter")}
    said = await office.hears(*(Wrote(f"the meetings, {number}") for number in range(FLOOD)))

    after = {table: number_of(database_url, table) - count for table, count in before.items()}
    assert after["seen_update"] == BURST + 1
    assert after["record"] <= BURST
    assert after["dead_letter"] == 0
    assert len(said) <= 3 * BURST
    assert ["faster than I can read" in words for words in said].count(True) == 1
    assert "faster than I can read" in said[-1]


async def test_taps_that_are_too_many_are_not_even_acknowledged(office: GuardedOffice) -> None:
    await office.hears(*(Tapped("q:0:1:O2:7") for _ in range(500)))

    assert office.dropped == 500 - BURST - 1


async def test_a_call_for_help_gets_through(office: GuardedOffice) -> None:
    await office.hears(*(Wrote("x") for _ in range(500)))

    assert "112" in " ".join(await office.hears(Wrote("sos")))


async def test_what_was_said_before_the_flood_is_kept(office: GuardedOffice) -> None:
    await office.hears(*(Wrote("skip") for _ in range(3)))
    await office.hears(*(Wrote("x") for _ in range(500)))
    office.waits(seconds=2 * CALM)

    assert await office.hears(Commanded("answers"))


async def test_others_are_answered_while_one_floods(world: World) -> None:
    settings = world.settings.model_copy(update={"rate_chat": 1.0, "rate_chat_burst": 20})
    ada, eve = await world.api.phone("Ada"), await world.api.phone("Eve")
    async with World(world.api, settings).bot():
        await in_onboarding(ada)
        await world.api.ask("write_many", lines=[[eve.id, "let me through"] for _ in range(1000)])
        for _ in range(5):
            await ada.write("/later")
            await ada.hears("", within=1.0)
        await world.api.until_taken(within=10)

    assert number_of(world.settings.database_url, "outbox") <= 3 * BURST
    assert number_of(world.settings.database_url, "seen_update") <= 2 * BURST
