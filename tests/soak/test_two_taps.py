"""Two taps of one person at the same instant, each on another process: one counts, the other hears so kindly.

Telegram pushes the taps of one person one after another, and pushes again what it thinks did not arrive:
so two of them do meet, and everything comes once more afterwards.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.web.receiving import TOLD_IN
from tests.conftest import TEMPLATE, Figures
from tests.crash.cast import cast_of
from tests.crash.play import until_empty
from tests.servers.botapi import Seen
from tests.servers.postgres import PostgresServer
from tests.storage.given import number_of
from tests.telegram.given import private, tap, user
from tests.web.given import PATH
from tests.web.workers import PATIENCE, SECRET, Workers, workers
from tests.whole.kept import kept_of
from tests.whole.person import Person, choices_in, name_of, token_of

TIMES = 20
SEED = 4
WHERE = "situation"
"""The question that is tapped on: any answer to it leads on."""


@dataclass(frozen=True)
class Rivals:
    """One person, the question, and the codes of the buttons that they tap at the same instant."""

    person: Person
    question: Seen
    codes: tuple[str, str]

    async def meet(self, bot: Workers, client: httpx.AsyncClient, *, first: int) -> None:
        """Push both at once, to two processes; Telegram holds back its own pushes meanwhile."""
        updates = [await self._held(bot, code) for code in self.codes]
        addresses = [worker.environment["TARE_LISTEN"] for worker in bot.all]
        pushes = [
            client.post(f"http://{addresses[(first + number) % 2]}{PATH}", json=update)
            for number, update in enumerate(updates)
        ]
        assert [answer.status_code for answer in await asyncio.gather(*pushes)] == [200, 200]

    async def _held(self, bot: Workers, code: str) -> dict[str, Any]:
        """The update of a tap that Telegram has and does not push."""
        phone, data = self.person.phone, token_of(self.question, code)
        number = self.question.message_id
        done = await bot.api.ask("tap", person_id=phone.id, data=data, message_id=number)
        self.person.updates += 1
        who = user(id=phone.id, first_name=phone.first_name, language_code="en")
        chat = {"id": phone.id, "type": "private", "first_name": phone.first_name}
        message = private(message_id=number, chat=chat, text=self.question.text)
        [query], [update] = done["callback_query_ids"], done["update_ids"]
        content = tap(**{"id": query, "from": who, "message": message, "data": data})
        return {"update_id": update, "callback_query": content}


async def until_asked(person: Person) -> Seen:
    """Answer as the script says until the question comes."""
    await person.starts()
    while seen := await person.next_question():
        if name_of(seen) == WHERE:
            return seen
        await person.answers(seen)
    raise AssertionError(f"{person.phone.first_name} was never asked {WHERE}")


def rivals(person: Person, question: Seen, *, same: bool) -> Rivals:
    one, other = (choice.code for choice in choices_in(question)[:2])
    return Rivals(person, question, (one, one if same else other))


async def test_of_two_taps_at_the_same_instant_on_two_workers_one_counts_and_the_other_hears_so(
    postgres_server: PostgresServer, tmp_path: Path, figures: Figures
) -> None:
    url = postgres_server.url(postgres_server.create_next(TEMPLATE))
    headers = {TOLD_IN: SECRET}
    async with (
        workers(url, tmp_path, 2) as bot,
        httpx.AsyncClient(trust_env=False, headers=headers) as client,
    ):
        people = [await role.enter(bot.api, PATIENCE) for role in cast_of(SEED, TIMES)]
        questions = await asyncio.gather(*(until_asked(person) for person in people))
        await bot.api.until_taken(PATIENCE)
        await until_empty(url)
        pairs = [
            rivals(person, question, same=number % 2 == 0)
            for number, (person, question) in enumerate(zip(people, questions, strict=True))
        ]
        await bot.api.hold()
        for number, pair in enumerate(pairs):
            await pair.meet(bot, client, first=number // 2)
        await until_empty(url)
        await bot.api.release()
        await bot.api.until_taken(PATIENCE)
        await until_empty(url)
        kept = await kept_of(url, bot.key_file, [person.phone.id for person in people])
        for pair in pairs:
            stored = kept[pair.person.phone.id]
            [counted] = [value for name, value in stored.records if name == WHERE]
            assert counted == stored.answers[WHERE]
            assert counted in pair.codes
            await one_is_shown_and_the_other_is_told(pair, str(counted))
        violations = await bot.api.all_violations()

    won = sum(kept[pair.person.phone.id].answers[WHERE] == pair.codes[0] for pair in pairs[1::2])
    figures.append(f"two taps at once: the first one counted {won} times of {TIMES // 2}")
    assert number_of(url, "seen_update") == sum(person.updates for person in people)
    assert (number_of(url, "dead_letter"), violations) == (0, [])


async def one_is_shown_and_the_other_is_told(pair: Rivals, counted: str) -> None:
    """The question shows the answer that counts, the next one comes once, and the other tap has its word."""
    label = pair.question.button(token_of(pair.question, counted)).text
    log, chat = await pair.person.phone.log(), await pair.person.phone.chat()
    after = log[[seen.message_id == pair.question.message_id for seen in log].index(True) + 1 :]
    notices = [seen.text for seen in after if seen.kind == "notice"]
    sent = [seen for seen in after if seen.kind == "text"]
    offers = [seen.text for seen in sent if seen.labels == ["Change it"]]
    asked = [name_of(seen) for seen in sent if name_of(seen)]
    [shown] = [seen.text for seen in chat if seen.message_id == pair.question.message_id]

    assert shown.endswith(f"\u2713 {label}")
    assert len(asked) == len(set(asked)) == 1
    if pair.codes[0] == pair.codes[1]:
        assert (notices.count(f"Noted already: {label}"), offers) == (1, [])
    else:
        assert len(offers) == 1
        assert label in offers[0]
