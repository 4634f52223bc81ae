"""What people do, and what the bot makes of it from the update to the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.batch import Taken
from bot.clock import real_time
from bot.intake import Event
from bot.service import Service
from tests.serving.given import World, in_onboarding, tapped
from tests.storage.given import number_of
from tests.telegram.given import private

A_MOMENT = 0.05


async def test_who_writes_is_answered_and_the_update_confirmed(either_world: World) -> None:
    ada = await either_world.api.phone()

    async with either_world.bot():
        await in_onboarding(ada)
        await either_world.api.until_taken()

    assert number_of(either_world.settings.database_url, "outbox") == 0
    assert number_of(either_world.settings.database_url, "person") == 1


async def test_nothing_is_confirmed_before_it_is_committed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, reached, gate = await world.api.phone(), asyncio.Event(), asyncio.Event()

    def held_up(service: Service) -> None:
        take = service.intake.take

        async def later(events: Sequence[Event]) -> Taken:
            reached.set()
            await gate.wait()
            return await take(events)

        monkeypatch.setattr(service.intake, "take", later)

    async with world.bot(held_up):
        await ada.command("start")
        await reached.wait()
        await asyncio.sleep(A_MOMENT)

        assert (await world.api.totals())["pending_updates"] == 1
        await ada.hears_nothing(within=0)

        gate.set()
        await ada.hears("I'm Tare")
        await world.api.until_taken()


async def test_an_update_that_comes_twice_is_answered_once(world: World) -> None:
    ada = await world.api.phone()

    async with world.bot():
        await ada.command("start")
        await ada.hears("I'm Tare")
        await world.api.until_taken()
        await world.api.repeat(700_000_001)
        await world.api.until_taken()
        await ada.hears_nothing(within=0.1)


async def test_updates_from_before_a_restart_are_not_answered_again(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await ada.command("start")
        await ada.hears("I'm Tare")  # the bot stops before the look that would confirm it, or after it

    async with world.bot():
        await world.api.until_taken()
        await ada.hears_nothing(within=0.1)


async def test_what_was_written_while_the_bot_was_away_is_answered_in_order(world: World) -> None:
    ada = await world.api.phone()
    await ada.command("start")
    await ada.write("English")
    await ada.send_voice()

    async with world.bot():
        for words in ("I'm Tare", "18 or older", "voice messages"):
            await ada.hears(words)


async def test_a_double_tap_counts_once_and_both_are_acknowledged(world: World) -> None:
    ada = await world.api.phone()

    async with world.bot():
        await ada.command("start")
        await ada.hears("I'm Tare")
        await ada.tap("English", times=2)
        await ada.hears("18 or older")
        await world.api.until_taken()

    assert len(await world.api.calls("answerCallbackQuery")) == 2
    assert [seen.text for seen in await ada.received() if "18 or older" in seen.text] == [
        "Are you 18 or older?"
    ]


async def test_a_tap_on_an_old_keyboard_is_told_softly_and_changes_nothing(world: World) -> None:
    ada = await world.api.phone()

    async with world.bot():
        await ada.command("start")
        welcome = await ada.hears("I'm Tare")
        await ada.tap("English")
        await ada.hears("18 or older")
        await world.api.until_taken()
        await ada.catch_up()

        await ada.tap("Deutsch", welcome)
        await ada.forge("no such token", welcome)
        await ada.forge("q:ffffffff:1:welcome:de", welcome, inaccessible=True)
        await world.api.until_taken()
        await ada.hears(lambda seen: seen.kind == "notice")

    last = (await ada.received())[-1]
    assert "Sind Sie" not in last.text
    assert len(await world.api.calls("answerCallbackQuery")) == 4


async def test_an_answered_question_shows_the_answer_and_loses_its_buttons(world: World) -> None:
    ada = await world.api.phone()

    async with world.bot():
        await ada.command("start")
        await tapped(ada, "English")
        changed = await ada.hears(lambda seen: seen.kind == "edit")

    assert changed.text.endswith("English")
    assert changed.buttons == []


async def test_an_edited_answer_is_a_correction_and_an_edited_command_never_runs(world: World) -> None:
    ada = await world.api.phone()

    async with world.bot():
        await in_onboarding(ada)
        await ada.write("Ireland")
        await tapped(ada, "I'm employed")
        await ada.hears("in your own words")
        answer = await ada.write("meetings")
        await ada.hears("How heavy")

        await ada.edit(answer, "/erase")
        await world.api.until_taken()
        await ada.hears_nothing(within=0.1)
        await ada.edit(answer, "meetings, all day")
        await ada.hears("I saw your edit")


async def test_who_blocks_the_bot_is_left_alone_and_welcome_back(world: World) -> None:
    ada = await world.api.phone()

    async with world.bot():
        await ada.command("start")
        await ada.hears("I'm Tare")
        await ada.block()
        await world.api.until_taken()
        sent = len(await world.api.calls("sendMessage"))
        await ada.unblock()
        back = await ada.hears(lambda seen: seen.kind == "text")

    assert back.buttons
    assert len(await world.api.calls("sendMessage")) > sent


async def test_what_cannot_be_read_is_set_aside_once_and_the_others_are_answered(either_world: World) -> None:
    ada = await either_world.api.phone()
    await either_world.api.inject({"message": private(text=["no", "text"])})
    await ada.command("start")

    async with either_world.bot():
        await ada.hears("I'm Tare")
        await either_world.api.until_taken()
    async with either_world.bot():
        await either_world.api.repeat(700_000_001)
        await either_world.api.until_taken()

    assert number_of(either_world.settings.database_url, "dead_letter") == 1


async def test_a_group_is_told_once_that_the_coach_talks_in_private_even_after_a_restart(
    world: World,
) -> None:
    ada = await world.api.phone(started=True, language_code="de")
    group = await world.api.group("Work", [ada])

    async with world.bot():
        await group.hears(lambda seen: bool(seen.text))
        await ada.command("start", to=group)
        await world.api.until_taken()
    async with world.bot():
        await ada.command("help", to=group)
        await world.api.until_taken()
        await group.hears_nothing(within=0.1)

    assert number_of(world.settings.database_url, "person") == 0


async def test_a_tap_that_was_counted_before_a_crash_is_acknowledged_after_it(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await ada.command("start")
        await ada.hears("I'm Tare")
        await world.api.fail("drop_before", "answerCallbackQuery")
        await ada.tap("English")
        await ada.hears("18 or older")
        await world.api.until_taken()

    async with world.bot():
        await world.api.repeat(700_000_002)
        await world.api.until_taken()
        await ada.hears(lambda seen: seen.kind == "notice")


async def test_the_menu_is_set_at_the_first_start_and_then_only_when_a_word_changes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def calls_of_one_start() -> int:
        before = len(await world.api.calls("setMyDescription"))
        async with world.bot() as service:
            await service.housekeeping.show_menu()
        return len(await world.api.calls("setMyDescription")) - before

    first, second = await calls_of_one_start(), await calls_of_one_start()
    monkeypatch.setattr("bot.channels.telegram_menu.SHOWN", ("help",))
    third = await calls_of_one_start()

    assert first >= 1
    assert second == 0
    assert third >= 1


async def test_updates_seen_long_ago_are_forgotten(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await ada.command("start")
        await ada.hears("I'm Tare")
        await world.api.until_taken()
    assert number_of(world.settings.database_url, "seen_update") == 1

    async with world.bot() as service:
        await service.housekeeping.throw_away()
        assert number_of(world.settings.database_url, "seen_update") == 1
        days_later = replace(service.housekeeping, clock=lambda: real_time() + timedelta(days=4))
        await days_later.throw_away()

    assert number_of(world.settings.database_url, "seen_update") == 0
