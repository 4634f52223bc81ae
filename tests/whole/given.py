"""People in the middle of things, and what is kept of them."""

from __future__ import annotations

import asyncio

from tests.servers.botapi import Phone, Seen
from tests.serving.given import World
from tests.storage.given import number_of
from tests.whole.kept import Kept, kept_of
from tests.whole.person import Person, choices_in, name_of
from tests.whole.script import How, script_of

SEED = 5


async def person_at(
    world: World, question: str, how: How = How.TAP, name: str = "Ada"
) -> tuple[Person, Seen]:
    """Somebody who has answered everything up to this question, and the message that asks it."""
    person = Person(await world.api.phone(name), script_of(SEED, (how,), whole=True))
    await person.starts()
    while seen := await person.next_question():
        if name_of(seen) == question:
            await world.api.until_taken()
            return person, seen
        await person.answers(seen)
    raise AssertionError(f"{question} was never asked")


async def kept(world: World, phone: Phone) -> Kept:
    """What is stored of somebody."""
    return (await kept_of(world.settings.database_url, world.settings.key_file, [phone.id]))[phone.id]


async def waiting(world: World) -> int:
    """How much is in the outbox. Looked up beside the loop: here the bot runs in the same one."""
    return await asyncio.to_thread(number_of, world.settings.database_url, "outbox")


async def until_empty(world: World) -> None:
    """Wait until the outbox is empty."""
    async with asyncio.timeout(5):
        while await waiting(world):  # noqa: ASYNC110 - a database has no event
            await asyncio.sleep(0.02)


async def open_questions(phone: Phone) -> list[Seen]:
    """The messages on which a question can still be answered by a tap."""
    return [seen for seen in await phone.chat() if choices_in(seen)]
