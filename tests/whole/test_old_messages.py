"""Old keyboards, edited words, and people who are faster than the answers."""

from __future__ import annotations

from tests.serving.given import World
from tests.whole.given import kept, open_questions, person_at
from tests.whole.person import name_of, token_of
from tests.whole.script import How


async def test_a_tap_on_an_old_keyboard_offers_to_change_the_answer(world: World) -> None:
    async with world.bot():
        ada, old = await person_at(world, "O4")
        await ada.answers(old)
        following = await ada.hears(lambda seen: name_of(seen) not in ("", "O4"))
        before = dict(ada.given)["O4"]
        other = next(code for code in ("busy", "most") if code != before)

        await ada.taps(old, other)
        offer = await ada.hears(lambda seen: "Change" in "".join(seen.labels))
        assert (await kept(world, ada.phone)).answers["O4"] == before

        await ada.phone.tap(offer.labels[0], offer)
        again = await ada.hears(lambda seen: name_of(seen) == "O4")
        await ada.taps(again, other)
        await ada.hears(lambda seen: name_of(seen) == name_of(following))

    assert (await kept(world, ada.phone)).answers["O4"] == other


async def test_the_same_tap_once_more_is_told_in_passing(world: World) -> None:
    async with world.bot():
        ada, old = await person_at(world, "O4")
        await ada.answers(old)
        await ada.next_question()
        await ada.phone.catch_up()

        await ada.taps(old, ada.script["O4"].codes[0])
        await ada.hears(lambda seen: seen.kind == "notice" and "Noted already" in seen.text)
        await ada.phone.hears_nothing(within=0.1)


async def test_words_of_ones_own_can_be_edited_afterwards(world: World) -> None:
    async with world.bot():
        ada, _ = await person_at(world, "O1")
        message = await ada.types("the meetings")
        following = await ada.hears(lambda seen: name_of(seen) == "O2")
        await ada.phone.edit(message, "the meetings <b>after</b> lunch")
        await ada.hears(lambda seen: "I saw your edit" in seen.text)
        await ada.taps(following, "7")
        await ada.hears(lambda seen: name_of(seen) == "O3")

    stored = await kept(world, ada.phone)
    assert (stored.answers["O1"], stored.answers["O2"]) == ("the meetings <b>after</b> lunch", 7)


async def test_a_typed_answer_shows_in_the_question_even_after_something_else_was_asked_for(
    world: World,
) -> None:
    async with world.bot():
        ada, question = await person_at(world, "O3")
        await ada.phone.command("help")
        help_text = await ada.hears(lambda seen: "/continue" in seen.text)
        await ada.types("1 to 6 months")
        await ada.hears(lambda seen: name_of(seen) == "O4")
        await world.api.until_taken()

    now = {seen.message_id: seen for seen in await ada.phone.chat()}
    assert now[question.message_id].text.endswith("\u2713 1 to 6 months")
    assert now[help_text.message_id].text == help_text.text
    assert [name_of(seen) for seen in await open_questions(ada.phone)] == ["O4"]


async def test_who_types_ahead_is_answered_in_order_and_every_question_shows_its_own_answer(
    world: World,
) -> None:
    phone = await world.api.phone()
    await phone.command("start")
    for words in ("English", "yes", "yes", "Ireland", "I'm employed", "too much", "7", "1 to 6 months"):
        await phone.write(words)

    async with world.bot():
        await phone.hears("What is its rhythm")
        await world.api.until_taken()

    asked = [seen for seen in await phone.received() if name_of(seen)]
    names = ["welcome", "adult", "consent", "country", "situation", "O1", "O2", "O3", "O4"]
    answers = [
        "English",
        "Yes, I am",
        "Yes, I agree",
        "Ireland",
        "I'm employed",
        "too much",
        "7",
        "1 to 6 months",
    ]
    now = {seen.message_id: seen.text for seen in await phone.chat()}
    assert [name_of(seen) for seen in asked] == names
    for seen, answer in zip(asked, answers, strict=False):
        assert now[seen.message_id] == f"{seen.text}\n\n\u2713 {answer}"
    assert [name_of(seen) for seen in await open_questions(phone)] == ["O4"]


async def test_of_two_different_taps_the_first_counts_and_the_second_is_asked_about(world: World) -> None:
    async with world.bot():
        ada, question = await person_at(world, "O3")
        await world.api.hold()
        await ada.taps(question, "1-6")
        await ada.taps(question, "gt2")
        await world.api.release()
        await ada.hears(lambda seen: "Change" in "".join(seen.labels))
        await world.api.until_taken()

    assert (await kept(world, ada.phone)).answers["O3"] == "1-6"


async def test_taps_that_come_faster_than_they_are_answered_count_once_each(world: World) -> None:
    async with world.bot():
        ada, question = await person_at(world, "O2")
        await world.api.fail("latency", "sendMessage", seconds=0.2, times=None)
        for _ in range(5):
            await ada.taps(question, "7")
        following = await ada.hears(lambda seen: name_of(seen) == "O3")
        await world.api.heal()
        await ada.taps(following, "1-6", times=3)
        await ada.hears(lambda seen: name_of(seen) == "O4")
        await world.api.until_taken()

    stored = await kept(world, ada.phone)
    assert [name for name, _ in stored.records].count("O2") == 1
    assert [name for name, _ in stored.records].count("O3") == 1


async def test_forged_buttons_change_nothing_and_reveal_nothing(world: World) -> None:
    async with world.bot():
        ada, hers = await person_at(world, "O3", name="Ada")
        ben, _ = await person_at(world, "O3", How.TYPE, name="Ben")
        before = await kept(world, ben.phone)
        [message] = [seen for seen in await ben.phone.chat() if name_of(seen) == "O3"]
        await ben.phone.catch_up()
        for data in (
            token_of(hers, "gt2"),
            "q:0:0::",
            "nonsense",
            "c:erase_all:",
            token_of(message, "1-6") + "x",
        ):
            await ben.phone.forge(data, message)
        await ben.phone.forge(token_of(hers, "gt2"), message, inaccessible=True)
        await world.api.until_taken()
        await ben.hears(lambda seen: seen.kind == "notice")

    assert (await kept(world, ben.phone)).answers == before.answers
    assert "O3" not in (await kept(world, ada.phone)).answers
