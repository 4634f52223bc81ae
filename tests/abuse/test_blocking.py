"""Somebody is turned away without a word of theirs being read; help and their rights stay."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.references import reference_of
from bot.storage import Keyring, Store
from flows.engine.heard import Commanded, Sent, Tapped, Wrote
from flows.engine.tokens import order_token
from tests.abuse.given import GuardedOffice
from tests.delivery.given import SUNDAY_EVENING, onboarded, sundays
from tests.rights.given import person_of
from tests.storage.given import number_of


@pytest.fixture
async def office(store: Store, keyring: Keyring) -> GuardedOffice:
    office = GuardedOffice(store, keyring)
    await onboarded(office)
    return office


async def test_one_message_says_so_and_then_there_is_silence(office: GuardedOffice) -> None:
    await office.blocks()

    said = await office.hears(Wrote("the meetings"))
    for heard in (Wrote("7"), Commanded("map"), Commanded("start"), Tapped("c:continue:now"), Sent("voice")):
        said += await office.hears(heard)

    (sentence,) = said
    assert "has ended our talks, without reading" in sentence


async def test_what_they_write_counts_for_nothing(office: GuardedOffice, database_url: str) -> None:
    before, records = await person_of(office.store), number_of(database_url, "record")
    await office.blocks()
    await office.hears(Wrote("the meetings"), Wrote("7"))

    after = await person_of(office.store)
    assert after.conversations == before.conversations
    assert number_of(database_url, "record") == records


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (Commanded("sos"), "112"),
        (Wrote("sos"), "112"),
        (Commanded("privacy"), "reference"),
        (Commanded("export"), "as one file"),
        (Commanded("erase"), "Delete it all?"),
        (Commanded("withdraw"), "your yes"),
        (Tapped(order_token("export")), "as one file"),
    ],
)
async def test_help_and_rights_work_as_ever(office: GuardedOffice, heard: Wrote, expected: str) -> None:
    await office.blocks()
    await office.hears(Wrote("hello"))

    assert expected in " ".join(await office.hears(heard))


async def test_no_button_leads_back_to_talking(office: GuardedOffice) -> None:
    await office.blocks()
    await office.hears(Commanded("privacy"))
    tokens = [key.token for row in office.postman.parcels[-1].rows for key in row]

    assert tokens
    assert not [token for token in tokens if token.startswith("c:continue")]


@pytest.mark.parametrize("yes", [Wrote("yes"), None])
async def test_they_can_delete_everything_and_stay_turned_away(
    office: GuardedOffice, database_url: str, yes: Wrote | None
) -> None:
    await office.blocks()
    await office.hears(Commanded("erase"))
    token = office.postman.last_question(1).rows[0][0].token

    gone = await office.hears(yes or Tapped(token))
    again = await office.hears(Commanded("start"), Wrote("hello"))

    assert "Everything is deleted" in " ".join(gone)
    assert number_of(database_url, "person") == 0
    assert again == []


async def test_somebody_who_was_never_here_can_be_turned_away(store: Store, keyring: Keyring) -> None:
    office = GuardedOffice(store, keyring)
    await office.blocks(chat=9)

    said = await office.hears(Commanded("start"), chat=9)
    said += await office.hears(Wrote("hello"), chat=9)

    assert ["ended our talks" in each for each in said] == [True]
    assert "112" in " ".join(await office.hears(Commanded("sos"), chat=9))


async def test_nothing_comes_to_them_unasked(store: Store, keyring: Keyring) -> None:
    office = GuardedOffice(store, keyring, kinds=(sundays(),))
    await onboarded(office)
    await office.blocks()
    office.clock.set(SUNDAY_EVENING - timedelta(minutes=1))
    taken = await office.intake.nudge()

    assert dict(taken.settled) == {("dropped", "blocked"): 1}
    assert taken.parcels == []


async def test_whoever_is_let_back_talks_on_where_they_were(office: GuardedOffice) -> None:
    await office.blocks()
    await office.hears(Wrote("the meetings"))
    async with office.store.transaction() as transaction:
        await transaction.unblock(office.keyring.lookup("test:1"))

    assert await office.hears(Wrote("the meetings"))


class Operator:
    """Whoever runs Tare, at a shell."""

    def __init__(self, url: str, folder: Path) -> None:
        self.environment = {"TARE_DATABASE_URL": url, "TARE_KEY_FILE": f"{folder}/tare.key"}

    def types(self, *words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, words, env=self.environment)
        return done.exit_code, done.output


@pytest.fixture
def operator(database_url: str, tmp_path: Path) -> Operator:
    return Operator(database_url, tmp_path)


def test_an_operator_names_somebody_by_account_or_reference(operator: Operator) -> None:
    code, said = operator.types("block", "telegram:12345678")
    reference = said.split()[0]

    assert (code, said) == (0, f"{reference} is turned away.\n")
    assert (
        operator.types("block", reference.lower().replace("-", ""))[1]
        == f"{reference} is turned away already.\n"
    )
    assert operator.types("unblock", reference)[1] == f"{reference} can talk again.\n"
    assert operator.types("unblock", "telegram:12345678")[1] == f"{reference} was not turned away.\n"
    kinds = [line.split("  ")[1] for line in operator.types("block", "--list")[1].splitlines()]
    assert kinds == [f"unblocked {reference}"] * 2 + [f"blocked {reference}"] * 2


@pytest.mark.parametrize("who", ["7K3M-Q0XZ", "ada", "telegram:", "0", "-"])
def test_whom_nobody_is_called_is_refused_in_a_sentence(operator: Operator, who: str) -> None:
    code, said = operator.types("block", "--", who)

    assert code == 2
    assert "Nobody has this reference" in said


def test_codes_are_made_listed_and_withdrawn(operator: Operator) -> None:
    _, made = operator.types("invite", "--count", "2", "--uses", "3")
    codes = made.splitlines()[:2]

    assert operator.types("invite", "--withdraw", codes[0].lower()) == (
        0,
        "Nobody comes in by that code any more.\n",
    )
    assert operator.types("invite", "--withdraw", codes[0])[0] == 2
    assert operator.types("invite", "--list")[1].startswith("0 of 3 used, until ")
    assert "t.me" in made


async def test_the_reference_in_the_chat_is_the_one_that_an_operator_knows(office: GuardedOffice) -> None:
    said = await office.hears(Commanded("privacy"))
    lookup = office.keyring.lookup("test:1")

    assert f"<b>{reference_of(lookup)}</b>" in said[-1]
    async with office.store.transaction() as transaction:
        assert await transaction.lookups_from(lookup[:5]) == [lookup]
