"""Everything of one person in one file: complete, of nobody else, and nothing in it runs."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from html.parser import HTMLParser

from bot.exporting import as_file
from bot.storage import RecordRow, Store
from flows.engine.heard import Commanded
from tests.delivery.given import NOW, Office, arrival, the_house, wrote
from tests.rights.given import SECRET, an_office, export_from, parts_of, row_of, sent_file, somebody


async def exported(office: Office, chat: int = 1) -> bytes:
    await office.take(arrival(Commanded("export"), chat))
    return sent_file(office, chat)


async def test_everything_that_was_said_and_decided_is_in_it(store: Store) -> None:
    office = an_office(store)
    await somebody(office)

    plain, page = parts_of(await exported(office))

    assert (plain["format"], plain["version"]) == ("tare-export", 1)
    assert plain["person"]["country"] == "DE"
    assert plain["conversations"]["sketch"]["answers"]["O1"][0] == SECRET
    assert plain["diary"]["consents"][0]["purpose"] == "core"
    kinds = [each["kind"] for each in plain["records"]]
    assert kinds.count("consent") == 1
    assert {"flow": "sketch", "question": "O2", "value": 7, "dropped": False} in [
        each["body"] for each in plain["records"]
    ]
    assert "how heavy a workday feels" in page


async def test_what_came_in_the_same_breath_is_in_it(store: Store) -> None:
    office = an_office(store)
    await somebody(office)

    await office.take(wrote("1 to 6 months"), arrival(Commanded("export")))

    plain, _ = parts_of(sent_file(office))
    assert plain["records"][-1]["body"]["question"] == "O3"


async def test_nobody_else_and_no_key_is_in_it(store: Store) -> None:
    office = an_office(store)
    await somebody(office, 1)
    await somebody(office, 2)
    await office.take(wrote("the other one's own words", 2))
    theirs, other = await row_of(store, 1), await row_of(store, 2)
    assert theirs
    assert other

    content = await exported(office)

    plain, page = parts_of(content)
    whole = str(plain) + page
    hidden = [
        theirs.wrapped_key.hex(),
        theirs.lookup.hex(),
        other.lookup.hex(),
        str(theirs.id),
        str(other.id),
    ]
    assert [each for each in [*hidden, "other one's own"] if each in whole] == []
    assert "chat" not in plain["person"]


async def test_the_file_goes_to_the_chat_of_the_person_alone(store: Store) -> None:
    office = an_office(store)
    await somebody(office, 1)
    await somebody(office, 2)

    await exported(office, 2)

    assert {each.chat for each in office.postman.parcels if each.file} == {2}


async def test_the_page_loads_nothing_and_runs_nothing(store: Store) -> None:
    office = an_office(store)
    await somebody(office)

    _, page = parts_of(await exported(office))

    tags, attributes = Tags.of(page)
    assert tags & {"script", "iframe", "img", "link", "object", "embed", "form", "a", "base"} == set()
    assert {
        name for name in attributes if name in ("src", "href", "srcset") or name.startswith("on")
    } == set()
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r"url\(|@import|https?:", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


class Tags(HTMLParser):
    """The names of all tags and attributes of a page, as a browser would read it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    @classmethod
    def of(cls, page: str) -> tuple[set[str], set[str]]:
        found = cls()
        found.feed(page)
        return found.tags, found.attributes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


async def test_somebody_who_agreed_to_nothing_is_introduced_and_gets_no_file(store: Store) -> None:
    office = an_office(store)

    await office.take(arrival(Commanded("export")))

    assert [each for each in office.postman.parcels if each.file] == []


async def test_five_years_of_entries_take_seconds_not_a_minute(sqlite_url: str, store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    row = await row_of(store)
    assert row
    years = [
        RecordRow(
            person_id=row.id,
            kind="energy",
            at=NOW + timedelta(hours=4 * number),
            body={"entries": [{"id": number, "what": "meetings", "left": -1, "who": "team"}]},
        )
        for number in range(10_000)
    ]
    async with store.transaction() as transaction:
        await transaction.append(years)

    began = time.monotonic()
    plain, _ = parts_of(await exported(office))

    assert time.monotonic() - began < 20
    assert len(plain["records"]) > len(years)


async def test_the_same_export_is_the_same_file(store: Store) -> None:
    office, house = an_office(store), the_house()
    await somebody(office)
    export = await export_from(store, NOW)

    once = as_file(export, house.voices["de"], house.coach.flows)

    assert as_file(export, house.voices["de"], house.coach.flows) == once
    assert "Was Tare von dir beh\u00e4lt" in parts_of(once)[1]
