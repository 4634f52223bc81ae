"""Whole chats with a canary in every place for own words: it is in no file and no log, at no moment."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.chatting import ADDRESS, SCRIPT_KEY, played
from bot.house import furnish
from bot.importing import put_in, read_file, understood
from bot.storage import Keyring, Store, migrate
from tests.delivery.given import NOW, onboarded, wrote
from tests.rights.canaries import CANARY, files_in, files_written, seen_in, told_instead
from tests.rights.given import an_office, bytes_of_database
from tests.rights.test_canary import logged
from tests.rights.test_export import exported

__all__ = ["logged"]

SAFE = "../safety/chats/"
WAYS: Mapping[str, Mapping[str, str | tuple[str, ...]]] = {
    "share.txt": {
        "what about work wears you down": f"{CANARY} in a story",
        "what exactly? A line is enough": f"{CANARY} that I object to",
        "Is there another thing of that kind?": ("Yes", f"{CANARY} has stopped", "3", "No"),
        "What in this week spoke for it?": f"{CANARY} in the week",
        "What would you like from them?": f"{CANARY} for the reader",
    },
    "weekly.txt": {
        "liked more of this week": f"{CANARY} wanted more",
        "And what spoke against it?": f"{CANARY} against it",
        "First the moment it hangs on": f"{CANARY} as a moment",
        "Small enough for a bad day": f"{CANARY} as a step",
    },
    "moves_for_the_manager.txt": {
        "Finish the sentence: “If …”": f"{CANARY} comes",
        "then … what do you do?": f"{CANARY} is done",
        "in the first hour of it?": f"{CANARY} as a move",
        "What would you tell a friend": f"{CANARY} as a lesson",
    },
    "twelve_weeks.txt": {
        "What exactly would that be for you?": f"{CANARY} as the name of a trial",
        "Anything you want to remember about it?": f"{CANARY} in a trial",
    },
    "decide_promotion.txt": {
        "What is it about? A few words": f"{CANARY} to decide",
        "what do you expect of it?": f"{CANARY} expected",
        "a line you want to keep for the next decision": f"{CANARY} to keep",
    },
    "energy_log.txt": {"several at once work too": f"{CANARY} song"},
    "direction.txt": {"what should your work have more of?": f"{CANARY} matters, being outside"},
    f"{SAFE}crisis_explicit.txt": {
        "what makes the next hour a little easier": f"{CANARY} for an hour",
        "who could be near": f"{CANARY} nearby",
        "if it gets worse": f"{CANARY} to call",
    },
}
NOT_KEPT = {"share.txt": "for the reader", f"{SAFE}crisis_explicit.txt": ""}
"""What is shown and kept nowhere, on purpose."""


def canaries(chat: str) -> list[str]:
    """What is told of canaries in a chat."""
    said = [(each,) if isinstance(each, str) else each for each in WAYS[chat].values()]
    return [each for some in said for each in some if CANARY in each]


@pytest.mark.parametrize("chat", WAYS)
async def test_own_words_are_in_no_file_and_no_log_at_any_moment(
    chat: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path}/chat.db"
    house = furnish(listens=True) if chat.startswith(SAFE) else None
    found, looks, shown = list[bytes](), 0, ""

    async for line, _ in played(told_instead(chat, WAYS[chat]), url, house=house):
        shown += same_line(line) if line.startswith("bot>") else ""
        if CANARY in line:
            looks += (tmp_path / "chat.db-wal").exists()
            found += seen_in(*files_in(tmp_path))

    assert looks >= len(canaries(chat))
    assert found == []
    assert seen_in(*files_in(tmp_path), logged.getvalue()) == []
    kept = await everything_in(url)
    for words in canaries(chat):
        there = shown if words.endswith(NOT_KEPT.get(chat, "kept")) else kept
        assert words.partition(",")[0] in there, f"{words} was never there to be found"


def same_line(line: str) -> str:
    return " ".join(line.split())


async def everything_in(url: str) -> str:
    """What whoever has the database and the key reads."""
    store = await Store.open(url, Keyring.of(SCRIPT_KEY))
    async with store.transaction() as transaction:
        row = (await transaction.people([ADDRESS]))[ADDRESS]
        records = await transaction.records(row)
    await store.close()
    bodies = [each.body for each in records] + [each.body for each in row.conversations.values()]
    return str([row.body, *bodies])


async def test_pages_pictures_and_an_export_are_made_without_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    url = f"sqlite:///{tmp_path}/chat.db"
    migrate(url)
    lines = [*told_instead("share.txt", WAYS["share.txt"]), "me> /map", "me> /export"]
    for _ in range(2):  # the first time fills the caches of libraries
        with files_written() as written:
            shown = [line async for line, _ in played(lines, url)]

    assert [line for line in shown if "[a file: tare.pdf" in line]
    assert [line for line in shown if "[a file: tare.zip" in line]
    assert {*written} <= {str(tmp_path / "chat.db")}


async def test_an_export_is_taken_in_without_a_file_and_lies_there_sealed(
    store: Store, tmp_path: Path
) -> None:
    url, office = f"sqlite:///{tmp_path}/elsewhere.db", an_office(store)
    migrate(url)
    await onboarded(office)
    await office.take(wrote(f"{CANARY} in a story"))
    content = await exported(office)
    elsewhere = await Store.open(url, Keyring.generate())

    with files_written() as written:
        await put_in(elsewhere, "telegram:1", 1, understood(content), NOW)
    found = seen_in(bytes_of_database(url))
    await elsewhere.close()

    assert CANARY.encode() in zipfile.ZipFile(io.BytesIO(content)).read("tare.json")
    assert (written, found) == ([], [])


def test_a_file_that_is_written_would_be_noticed(tmp_path: Path) -> None:
    with files_written() as written:
        (tmp_path / "page.pdf").write_text(CANARY)

    assert written == [str(tmp_path / "page.pdf")]


@pytest.mark.parametrize(
    "content",
    [CANARY, f'{{"format": "tare-export", "version": 1, "person": {{"seed": "{CANARY}"}}}}', f"PK{CANARY}"],
    ids=["no JSON", "no person", "no zip"],
)
def test_what_is_refused_of_an_import_is_not_repeated(tmp_path: Path, content: str) -> None:
    file = tmp_path / "tare.json"
    file.write_text(content, "utf-8")

    with pytest.raises(Exception) as refused:  # noqa: PT011 - whichever sentence it is
        read_file(file)

    assert type(refused.value).__name__ == "ImportRefused"
    assert seen_in(str(refused.value)) == []


@pytest.mark.parametrize("before", ["", "x", "xx", "xxx"])
def test_a_canary_is_seen_in_every_shape(before: str) -> None:
    """Otherwise nothing here would prove anything."""
    plain = f"{before}{CANARY}-and-more".encode()

    for shape in (plain, plain.hex().encode(), plain.decode().encode("utf-16-le")):
        assert seen_in(b"..." + shape)
