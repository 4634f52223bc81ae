"""Loading a person never raises: what cannot be read is set aside as it is, and the talk goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.desk import Desk, desk_of, put_back
from bot.storage.keys import Key
from bot.storage.rows import ConversationRow, PersonRow
from flows.diary import Diary
from flows.engine.conversation import as_plain
from flows.person import Person, Standing
from tests.coach.given import HOUSE, NOW, Chat, prompts, sketched, somebody


def a_row(status: str = "active", body: Any = None, **conversations: ConversationRow) -> PersonRow:
    return PersonRow(
        id=5,
        lookup=b"0123456789abcdef",
        key=Key(b"k" * 32),
        wrapped_key=b"",
        status=status,
        version=1,
        sequence=0,
        created_at=NOW,
        heard_at=NOW,
        body={} if body is None else body,
        conversations=conversations,
    )


def stored(person: Person) -> PersonRow:
    """The row of a person as it comes back from the database: through JSON."""
    desk = desk_of(a_row("new"), NOW, "en")
    desk.person, desk.chat = person, 42
    put_back(desk)
    row = desk.row
    row.body = json.loads(json.dumps(row.body))
    for conversation in row.conversations.values():
        conversation.body = json.loads(json.dumps(conversation.body))
    return row


def broken(what: Any, flow: str = "sketch") -> ConversationRow:
    return ConversationRow(flow=flow, status="open", flow_version=1, body=what)


def talk(desk: Desk) -> Chat:
    return Chat(desk.person, now=NOW)


@pytest.mark.parametrize("chat", [somebody(), sketched(), sketched(O7=("sleep", "loss"))])
def test_a_person_comes_back_as_they_were(chat: Chat) -> None:
    desk = desk_of(stored(chat.person), NOW, "de")

    assert desk.person == chat.person
    assert (desk.chat, desk.lost) == (42, False)


def test_a_stranger_is_new_in_the_language_of_their_messenger() -> None:
    desk = desk_of(a_row("new"), NOW, "de")

    assert (desk.person.standing, desk.person.locale) == (Standing.NEW, "de")
    assert not desk.lost


def test_a_stranger_has_a_seed_of_their_own_that_stays() -> None:
    one, again = desk_of(a_row("new"), NOW, "en"), desk_of(a_row("new"), NOW, "en")

    assert one.person.seed == again.person.seed > 0


CONVERSATIONS: dict[str, Any] = {
    "nothing of it": {"surprise": 1},
    "a wrong type": {**as_plain(sketched().sketch), "answers": [1, 2]},
    "a number that is none": {**as_plain(sketched().sketch), "seq": "soon"},
    "an answer without a time": {**as_plain(sketched().sketch), "answers": {"O2": []}},
    "no answers": {key: value for key, value in as_plain(sketched().sketch).items() if key != "answers"},
    "a held answer of no kind": {**as_plain(sketched().sketch), "pending": [[1, 2], "because", []]},
}


@pytest.mark.parametrize("what", CONVERSATIONS)
def test_a_conversation_that_makes_no_sense_is_set_aside_and_the_rest_goes_on(what: str) -> None:
    row = stored(somebody().person)
    row.conversations["sketch"] = broken(CONVERSATIONS[what])

    desk = desk_of(row, NOW, "en")

    assert desk.lost
    assert json.loads(desk.set_aside[0].body) == CONVERSATIONS[what]
    assert desk.set_aside[0].person_id == 5
    assert desk.person.open_flows == ()
    assert prompts(talk(desk).commands("continue")) == ("sketch.O1",)


def test_bytes_that_cannot_be_opened_are_kept_for_repair() -> None:
    row = stored(somebody().person)
    row.conversations["sketch"].raw = b"\x00sealed"

    desk = desk_of(row, NOW, "en")

    assert [letter.body for letter in desk.set_aside] == [b"\x00sealed"]
    assert "sketch" not in desk.person.conversations


def test_the_reason_of_a_letter_says_nothing_that_was_said() -> None:
    row = stored(somebody().person)
    row.conversations["sketch"] = broken({"secret": "the meetings"})

    assert "meetings" not in desk_of(row, NOW, "en").set_aside[0].reason


@pytest.mark.parametrize(
    "body",
    [
        {"seed": "many"},
        {"open": 5},
        {"offered": [["only one"]]},
        {"heard_at": "yesterday"},
        {"open": [["nested"]], "seed": None},
        ["no", "body"],
    ],
)
def test_a_person_that_makes_no_sense_starts_afresh_and_is_told(body: Any) -> None:
    desk = desk_of(a_row("active", body), NOW, "en")

    assert desk.lost
    assert desk.person.standing is Standing.ACTIVE
    assert prompts(talk(desk).commands("continue")) == ("sketch.O1",)


def test_a_person_whose_bytes_cannot_be_opened_keeps_the_conversations_that_can() -> None:
    row = stored(sketched().person)
    row.raw, row.body = b"\x00sealed", {}

    desk = desk_of(row, NOW, "en")

    assert [letter.body for letter in desk.set_aside] == [b"\x00sealed"]
    assert desk.person.conversations["sketch"].done
    assert prompts(talk(desk).commands("map"))[-1] == "map.next"


def test_an_open_flow_without_a_conversation_is_no_longer_open() -> None:
    row = stored(somebody().person)
    del row.conversations["sketch"]

    assert desk_of(row, NOW, "en").person.open_flows == ()


def test_who_is_being_erased_and_writes_again_is_a_stranger() -> None:
    assert desk_of(a_row("leaving"), NOW, "en").person.standing is Standing.NEW


def test_a_status_of_another_release_sends_nothing_first() -> None:
    desk = desk_of(a_row("crisis"), NOW, "en")

    assert desk.person.standing is Standing.PAUSED
    assert talk(desk).commands("help").says


def test_a_conversation_that_is_over_for_good_is_emptied() -> None:
    chat = sketched()
    chat.says("A note.")
    row = stored(chat.person)
    desk = desk_of(row, NOW, "en")
    desk.person = desk.person.without("note")

    put_back(desk)

    assert (row.conversations["note"].body, row.conversations["note"].status) == ({}, "gone")
    assert "note" not in desk_of(row, NOW, "en").person.conversations


def test_the_words_that_tell_of_a_loss_exist_in_every_language() -> None:
    for voice in HOUSE.voices.values():
        assert "coach.lost_place" in voice.catalogue.templates
        assert "coach.trouble" in voice.catalogue.templates


def test_a_map_that_an_earlier_release_kept_with_the_person_is_the_first_in_the_diary() -> None:
    earlier = {
        "rule_version": "1",
        "tier": 1,
        "points": {"CAP": 2.0, "VAL": -3.0},
        "lead": ["CAP"],
        "unclear": False,
        "reasons": [],
        "out_flag": False,
    }

    desk = desk_of(a_row(body={"map": earlier}), NOW, "en")
    put_back(desk)
    again = desk_of(desk.row, NOW, "en")

    assert again.person.diary.map is not None
    assert (again.person.diary.map.lead, again.person.diary.map.points["VAL"]) == (("CAP",), -3.0)
    assert "map" not in desk.row.body


def test_a_diary_that_cannot_be_read_is_set_aside_and_begun_anew() -> None:
    desk = desk_of(a_row(diary=broken({"weeks": [{"workday": "heavy"}]}, "diary")), NOW, "en")

    assert desk.lost
    assert desk.person.diary == Diary()
    assert b"heavy" in desk.set_aside[0].body
