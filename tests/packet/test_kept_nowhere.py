"""Of a packet that was made nothing is anywhere: no record, no conversation, nothing in the outbox."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, func, select

from bot.chatting import ADDRESS, SCRIPT_KEY, played
from bot.storage.keys import Keyring
from bot.storage.store import Store
from bot.storage.tables import outbox
from tests.transcripts.playing import FOLDER, done_by_the_person

WISH = "Ask me the awkward ones"
ELSEWHERE = "Anna moved the hearing again"
"""Words that were in the preview, too, and that are kept where they were written."""


async def test_of_a_packet_only_that_it_was_made_is_kept(tmp_path: Path) -> None:
    lines = (FOLDER / "share.txt").read_text("utf-8").splitlines()
    url = f"sqlite:///{tmp_path}/chat.db"

    said = [line async for line, _ in played(done_by_the_person(lines), url)]

    assert WISH in "".join(said)
    store = await Store.open(url, Keyring.of(SCRIPT_KEY))
    async with store.transaction() as transaction:
        person = (await transaction.people([ADDRESS]))[ADDRESS]
        records = await transaction.records(person)
    await store.close()
    assert [each.body for each in records if each.kind == "share"] == [{}]
    assert [each for each in records if str(each.body.get("flow", "")).startswith("share")] == []
    kept = [str(each.body) for each in records] + [str(each.body) for each in person.conversations.values()]
    assert not any(WISH in words for words in (*kept, str(person.body)))
    assert any(ELSEWHERE in words for words in kept)
    assert _waiting(url) == 0


def _waiting(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        count = connection.execute(select(func.count()).select_from(outbox)).scalar_one()
    engine.dispose()
    return count
