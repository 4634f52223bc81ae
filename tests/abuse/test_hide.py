"""/hide: what the coach wrote lately goes out of the chat, and nothing that is kept changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from bot.parcels import Delivered, Kind, Parcel, Unsure
from flows.person import Standing
from tests.coach.given import Chat, prompts
from tests.safety.crisis_given import in_crisis
from tests.servers.botapi import BotApi, Phone, Seen
from tests.serving.given import World, in_onboarding, tapped
from tests.storage.given import number_of
from tests.telegram.given import line
from tests.whole.given import until_empty

TWO_DAYS = 48 * 3600
GOLDEN = Path(__file__).parent / "chats" / "hide_on_telegram.txt"


async def seen_of_the_coach(phone: Phone) -> list[Seen]:
    """What of the coach's messages is still in sight."""
    return [seen for seen in await phone.chat() if not seen.mine]


async def hidden(phone: Phone) -> Seen:
    """Wait for the message that says so; that one was deleted shows as an event too."""
    return await phone.hears(lambda seen: seen.kind == "text" and "gone from this chat" in seen.text)


async def test_everything_the_coach_wrote_lately_is_gone_and_one_message_says_so(either_world: World) -> None:
    ada = await either_world.api.phone()
    async with either_world.bot():
        await in_onboarding(ada)
        await ada.command("hide")
        await hidden(ada)
        (left,) = await seen_of_the_coach(ada)

    assert left.text.startswith("Done.")
    assert len([seen for seen in await ada.chat() if seen.mine]) == 2  # /start and /hide are hers


async def test_the_place_is_kept_and_the_way_back_is_on_the_message(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await in_onboarding(ada)
        await ada.command("hide")
        await tapped(ada, "Go on")
        await ada.hears("Which country")


async def test_the_message_that_says_so_goes_with_the_next_one(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await in_onboarding(ada)
        for _ in range(2):
            await ada.command("hide")
            await hidden(ada)
            await until_empty(world)

        assert len(await seen_of_the_coach(ada)) == 1


async def test_what_is_older_than_two_days_stays_and_does_not_protect_the_rest(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await in_onboarding(ada)
        old = await seen_of_the_coach(ada)
        await world.api.advance(TWO_DAYS + 60)  # for Telegram; our own clock still takes them for young
        await ada.command("sos")
        await ada.hears(lambda seen: "Draft" in "".join(seen.labels))
        await until_empty(world)
        await ada.command("hide")
        await hidden(ada)

        assert [seen.message_id for seen in (await seen_of_the_coach(ada))[:-1]] == [
            seen.message_id for seen in old
        ]


async def test_more_than_one_call_takes_are_all_gone(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await in_onboarding(ada)
        for _ in range(40):
            await ada.command("help")
            await ada.hears("/sos help from people")
        before = len(await seen_of_the_coach(ada))
        await ada.command("hide")
        await hidden(ada)

        assert before > 100
        assert len(await seen_of_the_coach(ada)) == 1
        assert len(await world.api.calls("deleteMessages")) == 2


async def test_a_server_in_trouble_is_asked_again_before_anything_is_said(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await in_onboarding(ada)
        await world.api.fail("http", "deleteMessages", code=502)
        await ada.command("hide")
        await hidden(ada)

        assert len(await seen_of_the_coach(ada)) == 1


async def test_when_the_answer_is_lost_it_is_done_once_more(api: BotApi) -> None:
    ada = await api.phone(started=True)
    telegram = Telegram(api.token, api.url, answers_within=0.3)
    try:
        await telegram.open()
        sent = [await telegram.deliver(line(ada.id)) for _ in range(3)]
        gone = tuple(each.message for each in sent if isinstance(each, Delivered) and each.message)
        parcel = Parcel(Kind.HIDE, ada.id, "Done.", gone=gone)
        await api.fail("drop_after", "deleteMessages", times=1)

        assert await telegram.deliver(parcel) == Unsure()
        assert Kind.HIDE.repeats
        assert isinstance(await telegram.deliver(parcel), Delivered)
        assert [seen.text for seen in await seen_of_the_coach(ada)] == ["Done."]
    finally:
        await telegram.close()


async def test_nobody_else_s_messages_are_touched(world: World) -> None:
    ada, ben = await world.api.phone("Ada"), await world.api.phone("Ben")
    async with world.bot():
        await in_onboarding(ada)
        await in_onboarding(ben)
        await ada.command("hide")
        await hidden(ada)

        assert len(await seen_of_the_coach(ben)) >= 4


async def test_it_works_before_consent_and_after_a_refusal(world: World) -> None:
    ada = await world.api.phone()
    async with world.bot():
        await ada.command("start")
        await tapped(ada, "English")
        await tapped(ada, "Yes, I am")
        await ada.command("hide")
        await hidden(ada)
        await ada.tap("Go on")
        await tapped(ada, "No, thanks")
        await ada.hears("/start")
        await until_empty(world)
        await ada.command("hide")
        await hidden(ada)

        assert len(await seen_of_the_coach(ada)) == 1


async def test_what_is_noted_of_messages_goes_with_the_person(either_world: World) -> None:
    ada = await either_world.api.phone()
    url = either_world.settings.database_url
    async with either_world.bot():
        await in_onboarding(ada)
        await ada.write("Germany")
        await tapped(ada, "I'm employed")
        await ada.hears("what about work")
        await until_empty(either_world)
        assert number_of(url, "delivered") > 0
        await ada.command("erase")
        await tapped(ada, "Delete everything")
        await ada.hears("Everything is deleted")

    assert number_of(url, "person") == 0
    assert number_of(url, "delivered") == 0


@pytest.mark.parametrize("somebody", [in_crisis, lambda: in_crisis(standing=Standing.PAUSED)])
def test_in_a_crisis_it_works_and_nothing_of_the_crisis_changes(somebody: Callable[[], Chat]) -> None:
    chat = somebody()
    before = chat.person.crisis

    reply = chat.commands("hide")

    assert (prompts(reply), reply.wants) == (("hide.done",), ("hide",))
    assert not reply.says[0].buttons
    after = chat.person.crisis
    assert (after.on, after.since, after.explicit_at) == (True, before.since, before.explicit_at)


def on_the_phone(chat: list[Seen]) -> str:
    """The chat as the phone shows it: what she wrote, what the coach wrote, and buttons in brackets."""
    lines = []
    for seen in chat:
        lines += [
            f"{'me' if seen.mine else 'bot'}> {seen.text}".replace("\n\n", "\n").replace("\n", "\n     ")
        ]
        lines += [f"     {' '.join(f'[{label}]' for label in seen.labels)}"] if seen.labels else []
    return "\n".join(lines) + "\n"


async def test_the_chat_on_telegram_goes_as_it_is_written_down(world: World) -> None:
    """What stands on her phone before /hide, after it, and after the way back."""
    ada = await world.api.phone()
    async with world.bot():
        await in_onboarding(ada)
        before = on_the_phone(await ada.chat())
        await ada.command("hide")
        await hidden(ada)
        after = on_the_phone(await ada.chat())
        await ada.tap("Go on")
        await ada.hears("Which country")
        back = on_the_phone(await ada.chat())

    seen = "\n".join(
        f"# {when}\n{chat}" for when, chat in (("Before", before), ("After", after), ("Back", back))
    )
    assert seen == GOLDEN.read_text("utf-8")
