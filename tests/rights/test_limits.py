"""What is not promised, as tests: where these fail, the threat model says too little about what is safe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.rotation import rotate
from bot.storage import Keyring, Store, migrate
from bot.storage.bodies import conversation_place, opened
from bot.storage.keys import Key
from tests.delivery.given import Office, wrote
from tests.rights.given import an_office, row_of, somebody
from tests.storage.given import past_the_store


@dataclass(frozen=True)
class Stolen:
    """What somebody took away: a data key, out of a copy of the database and the key file of that day."""

    key: Key
    person_id: int
    sketch: bytes

    def read(self, url: str) -> object:
        """Read the sketch in a database, as it is there."""
        return opened(self.key, sketch_in(url), conversation_place(self.person_id, "sketch"))[0]


def sketch_in(url: str) -> bytes:
    with past_the_store(url) as connection:
        (body,) = connection.execute(text("SELECT body FROM conversation WHERE flow = 'sketch'")).one()
    return bytes(body)


async def stolen_from(store: Store, url: str, key_file: Path) -> Stolen:
    row = await row_of(store)
    assert row
    with past_the_store(url) as connection:
        (wrapped,) = connection.execute(text("SELECT wrapped_key FROM person")).one()
    key = Keyring.open(key_file).unwrapped(bytes(wrapped), row.id, row.lookup)
    return Stolen(key, row.id, sketch_in(url))


async def a_theft(tmp_path: Path) -> tuple[Office, Stolen, str, Path]:
    url, key_file = f"sqlite:///{tmp_path}/tare.db", tmp_path / "tare.key"
    migrate(url)
    store = await Store.open(url, Keyring.open(key_file))
    office = an_office(store)
    await somebody(office)
    return office, await stolen_from(store, url, key_file), url, key_file


async def test_a_data_key_that_was_stolen_opens_what_is_told_after_a_rotation_too(tmp_path: Path) -> None:
    office, stolen, url, key_file = await a_theft(tmp_path)

    await office.store.close()
    await rotate(key_file, [url], lambda words: None)
    again = an_office(await Store.open(url, Keyring.open(key_file)))
    await again.take(wrote("more than 2 years"))
    await again.store.close()

    assert sketch_in(url) != stolen.sketch
    assert "gt2" in str(stolen.read(url))


async def test_a_row_that_is_put_back_to_an_older_state_of_itself_opens(tmp_path: Path) -> None:
    office, stolen, url, _ = await a_theft(tmp_path)

    await office.take(wrote("more than 2 years"))
    with past_the_store(url) as connection:
        old = {"old": stolen.sketch}
        connection.execute(text("UPDATE conversation SET body = :old WHERE flow = 'sketch'"), old)
    row = await row_of(office.store)
    await office.store.close()

    assert row
    assert "gt2" not in str(row.conversations["sketch"].body)
    assert row.conversations["sketch"].body
