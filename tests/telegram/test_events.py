"""From updates to what was heard."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arrivals import Arrival, Departure, Seen
from bot.channels.telegram_events import SERVICE, THINGS, GroupNotice, batch_of, html_of
from flows.engine.heard import Commanded, Corrected, Heard, Sent, Tapped, Wrote
from tests.servers.botapi.schema import schema
from tests.telegram.given import ADA, BOT, GROUP, Fields, heard_of, in_group, marked, membership, private, tap

KEY = f"telegram:{BOT}:41"


def arrived(heard: Heard) -> Arrival:
    return Arrival(KEY, f"telegram:{ADA}", ADA, heard, "de")


def test_a_text_is_heard_with_the_number_of_its_message() -> None:
    assert heard_of("message", private(text="heavy")) == arrived(Wrote("heavy", 7))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/map", Commanded("map")),
        ("/Map", Commanded("map")),
        ("/start@tare_bot", Commanded("start")),
        ("/start@tare_bot  sos ", Commanded("start", "sos")),
        ("/change 3\nplease", Commanded("change", "3\nplease")),
    ],
)
def test_a_command_is_heard_without_slash_and_name_of_the_bot(text: str, command: Commanded) -> None:
    assert heard_of("message", private(**marked(text))) == arrived(command)


@pytest.mark.parametrize(
    "content",
    [
        marked("see /map", length=4, offset=4),
        marked("/map", kind="italic"),
        {"text": "/"},
        {"text": "/karte zeigen"},
    ],
)
def test_what_telegram_does_not_mark_as_a_command_at_the_beginning_is_text(content: Fields) -> None:
    assert heard_of("message", private(**content)) == arrived(Wrote(content["text"], 7))


def test_an_edit_is_a_correction_of_the_message_that_was_edited() -> None:
    assert heard_of("edited_message", private(text="light")) == arrived(Corrected("light", 7))


@pytest.mark.parametrize("content", [marked("/erase"), {"caption": "better"}, {"location": {}}])
def test_edited_commands_never_run_and_other_edits_are_nothing(content: Fields) -> None:
    assert heard_of("edited_message", private(**content)) is None


@pytest.mark.parametrize("kind", THINGS)
def test_what_is_not_text_is_heard_as_what_it_is(kind: str) -> None:
    assert heard_of("message", private(**{kind: {}})) == arrived(Sent(kind))


@pytest.mark.parametrize("kind", ["photo", "document", "video"])
def test_a_caption_does_not_make_text_of_a_thing(kind: str) -> None:
    assert heard_of("message", private(**{kind: {}, "caption": "9", "caption_entities": []})) == arrived(
        Sent(kind)
    )


def test_a_moving_picture_and_a_place_go_by_their_first_name() -> None:
    assert heard_of("message", private(animation={}, document={})) == arrived(Sent("animation"))
    assert heard_of("message", private(venue={}, location={})) == arrived(Sent("venue"))


def test_something_that_nobody_knows_yet_is_still_heard() -> None:
    assert heard_of("message", private(hologram={})) == arrived(Sent("other"))


@pytest.mark.parametrize("kind", sorted(SERVICE))
def test_what_telegram_writes_by_itself_is_nothing(kind: str) -> None:
    assert heard_of("message", private(**{kind: {}})) is None


def test_every_thing_and_every_service_message_is_a_field_of_the_bot_api() -> None:
    known = {field["name"] for field in schema().types["Message"]["fields"]}

    assert set(THINGS) | SERVICE <= known


def test_a_tap_is_heard_with_its_token_and_the_message_it_was_on() -> None:
    html = {"text": "Shall we?", "entities": [{"type": "bold", "offset": 0, "length": 5}]}

    heard = heard_of("callback_query", tap(message=private(**html)))

    assert heard == Arrival(
        KEY, f"telegram:{ADA}", ADA, Tapped("q:1:1:a:yes"), "de", "77", Seen(7, "<b>Shall</b> we?")
    )


def test_the_words_of_a_message_keep_their_tags_and_escape_what_a_person_wrote() -> None:
    words = "a <b> & quote"
    entities = [
        {"type": "blockquote", "offset": 0, "length": 7},
        {"type": "italic", "offset": 8, "length": 5},
    ]

    html = html_of(private(text=words, entities=entities))

    assert html == "<blockquote>a &lt;b&gt; &amp;</blockquote> <i>quote</i>"


def test_a_tap_on_a_message_out_of_reach_knows_its_number_but_not_its_words() -> None:
    gone = {"chat": private()["chat"], "message_id": 7, "date": 0}

    heard = heard_of("callback_query", tap(message=gone))

    assert isinstance(heard, Arrival)
    assert heard.seen == Seen(7, None)


def test_a_tap_on_a_message_with_unknown_tags_is_heard_without_its_words() -> None:
    strange = private(text="Shall we?", entities=[{"type": 7, "offset": "0"}])

    heard = heard_of("callback_query", tap(message=strange))

    assert isinstance(heard, Arrival)
    assert heard.seen == Seen(7, None)


def test_a_tap_without_its_message_is_heard_all_the_same() -> None:
    without = {name: value for name, value in tap().items() if name != "message"}

    heard = heard_of("callback_query", without)

    assert isinstance(heard, Arrival)
    assert (heard.chat, heard.seen, heard.tap) == (ADA, None, "77")


@pytest.mark.parametrize("query", [tap(message=in_group(text="hm")), {**tap(), "data": None}])
def test_a_tap_elsewhere_or_on_a_game_is_nothing(query: Fields) -> None:
    query = {name: value for name, value in query.items() if value is not None}

    assert heard_of("callback_query", query) is None


def test_a_block_is_a_departure_and_its_end_a_return() -> None:
    blocked, back = (
        heard_of("my_chat_member", membership("kicked")),
        heard_of("my_chat_member", membership("member")),
    )

    assert blocked == Departure(KEY, f"telegram:{ADA}", reachable=False, reason="blocked")
    assert back == Departure(KEY, f"telegram:{ADA}", reachable=True)


@pytest.mark.parametrize("content", [{"text": "hello"}, marked("/start"), {"new_chat_members": []}])
def test_whatever_is_said_in_a_group_is_only_a_reason_to_say_so(content: Fields) -> None:
    assert heard_of("message", in_group(**content)) == GroupNotice(GROUP, "de")


@pytest.mark.parametrize(
    ("status", "told"), [("member", True), ("administrator", True), ("left", False), ("kicked", False)]
)
def test_a_group_hears_when_the_bot_comes_and_nothing_when_it_goes(status: str, told: bool) -> None:
    group = {"id": GROUP, "type": "group", "title": "Work"}

    assert (heard_of("my_chat_member", membership(status, group)) == GroupNotice(GROUP, "de")) is told


def test_kinds_of_updates_that_we_do_not_ask_for_are_nothing() -> None:
    assert heard_of("poll", {"id": "1"}) is None


BROKEN: list[Any] = [
    None,
    "update",
    [],
    {},
    {"update_id": "41", "message": private(text="x")},
    {"update_id": 41, "message": None},
    {"update_id": 41, "message": {"message_id": 7}},
    {"update_id": 41, "message": private(text=5)},
    {"update_id": 41, "message": private(text="x", message_id="7")},
    {"update_id": 41, "message": {**private(text="x"), "from": {"id": "me"}}},
    {"update_id": 41, "message": private(text="/x", entities=[{"type": "bot_command"}])},
    {"update_id": 41, "callback_query": {"id": 1, "data": "x"}},
    {"update_id": 41, "my_chat_member": membership("kicked") | {"new_chat_member": None}},
]


@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
def test_an_update_that_cannot_be_read_stands_in_nobodys_way(broken: Any) -> None:
    after = {"update_id": 42, "message": private(text="still here")}

    batch = batch_of([broken, after], BOT)

    assert [event.key for event in batch.events] == [f"telegram:{BOT}:42"]
    assert len(batch.unparsed) == 1
    assert batch.next == 43


def test_what_is_kept_of_an_unreadable_update_is_its_shape_without_any_words() -> None:
    canary = private(text=["kanarienvogel"], caption="kanarienvogel")

    (unparsed,) = batch_of([{"update_id": 41, "message": canary}], BOT).unparsed

    assert "caption" in unparsed.shape
    assert "kanarienvogel" not in unparsed.shape
    assert str(ADA) not in unparsed.shape


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "private", "/map", "\U0001f600"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "chat", "id", "from", "type", "data", "message", "entities", "date"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(
    kind=st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]),
    strange=st.dictionaries(
        st.sampled_from(["text", "chat", "from", "entities", "message", "data", "date", "new_chat_member"]),
        ANY_JSON,
    ),
)
def test_no_update_however_strange_is_more_than_one_event_or_one_thing_set_aside(
    kind: str, strange: Fields
) -> None:
    right = {"callback_query": tap(), "my_chat_member": membership("kicked")}.get(kind, private(text="x"))

    batch = batch_of([{"update_id": 41, kind: {**right, **strange}}], BOT)

    assert len(batch.events) + len(batch.groups) + len(batch.unparsed) <= 1
    assert batch.next == 42
    assert json.dumps([each.shape for each in batch.unparsed])
