"""From what is said to words: HTML that Telegram takes, rows that fit a phone, people's words as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.catalogue import Catalogue
from bot.rendering import LETTERS_A_BUBBLE, NUMBERS_A_ROW, ROW_WIDTH, WORDS_A_BUBBLE, Voice
from flows.engine.say import Button, CountryName, Day, Fact, Label, Say, ZoneName
from flows.engine.words import Words
from tests.coach.given import HOUSE, at_question, sketched
from tests.coach.telegram_rules import breaks

NONE = frozenset[str]()
NOBODY = Words("en", skip=NONE, back=NONE, why=NONE, unsure=NONE, yes=NONE, no=NONE, numbers={})
ENGLISH = HOUSE.voices["en"]


def a_voice(locale: str = "en", options: dict[str, str] | None = None, **templates: str) -> Voice:
    """A voice with these prompts (double underscores are dots) and these labels of the prompt `kinds`."""
    written = {name.replace("__", "."): text for name, text in templates.items()}
    return Voice(Catalogue(locale, {**DAYS, **written}, {"kinds": options or {}}, NOBODY))


DAYS = {
    "days.today": "earlier today",
    "days.yesterday": "yesterday",
    "days.weekday": "last {{ day }}",
    "days.date": "on {{ day }}",
}


def html(voice: Voice, prompt: str, **facts: Fact) -> str:
    return voice.bubble(Say(prompt, facts)).html


@pytest.mark.parametrize(
    "written",
    [
        "<b>bold</b>",
        "a & b",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "</i><script>",
        'say "x"',
        "\u202eright to left",
        "&lt;",
    ],
)
def test_what_a_person_wrote_is_shown_as_they_wrote_it(written: str) -> None:
    bubble = a_voice(quote="You said: <b>{{ words }}</b>").bubble(Say("quote", {"words": written}))

    assert not breaks(bubble)
    assert ENGLISH.plain(written) == written
    assert bubble.html.startswith("You said: <b>")
    assert "<script>" not in bubble.html
    assert "49" not in bubble.html


@given(st.text(min_size=1, max_size=300))
def test_no_text_at_all_breaks_a_message(written: str) -> None:
    bubble = ENGLISH.bubble(Say("map.began", {"words": f"x{written}"}))

    assert not breaks(bubble)


def test_a_missing_fact_or_prompt_is_an_error_of_ours() -> None:
    with pytest.raises(UndefinedError):
        html(a_voice(quote="{{ words }}"), "quote")
    with pytest.raises(KeyError, match="tare check"):
        html(a_voice(), "nowhere")


def test_the_wording_of_a_situation_is_taken_where_there_is_one() -> None:
    voice = a_voice(ask="your boss", ask_self="your client", part="both")

    assert voice.bubble(Say("ask", variant="self")).html == "your client"
    assert voice.bubble(Say("ask", variant="leave")).html == "your boss"
    assert voice.bubble(Say("part", variant="self")).html == "both"


def test_a_voice_speaks_to_a_situation_wherever_there_is_wording_for_it() -> None:
    labels = {"kinds": {"x": "My boss", "y": "Me"}, "kinds:self": {"x": "A client", "y": "Me"}}
    templates = {"ask": "{{ who }} {{ called }}", "short": "the boss", "short_self": "the client"}
    voice = Voice(Catalogue("en", templates, labels, NOBODY))
    say = Say(
        "ask", {"who": Label("kinds", "x"), "called": Say("short")}, (Button(Label("kinds", "x"), "t"),)
    )

    plain, own = voice.bubble(say), voice.to("self").bubble(say)

    assert (plain.html, plain.rows[0][0].words) == ("My boss the boss", "My boss")
    assert (own.html, own.rows[0][0].words) == ("A client the client", "A client")
    assert voice.to("leave").bubble(say).html == plain.html
    assert voice.to("self").to("").bubble(say).html == plain.html


def test_the_foot_is_a_quiet_last_line() -> None:
    voice = a_voice(question="How heavy?", progress="{{ number }} of {{ total }}")

    bubble = voice.bubble(Say("question", foot=Say("progress", {"number": 3, "total": 18})))

    assert bubble.html == "How heavy?\n\n<i>3 of 18</i>"


def test_facts_become_words_of_the_language() -> None:
    german = HOUSE.voices["de"]

    assert ENGLISH.plain(CountryName("DE")) == "Germany"
    assert german.plain(CountryName("DE")) == "Deutschland"
    assert ENGLISH.plain(ZoneName("America/Argentina/Buenos_Aires")) == "Buenos Aires"
    assert ENGLISH.plain(Label("map.layers", "VAL")) == ENGLISH.catalogue.labels["map.layers"]["VAL"]
    assert ENGLISH.plain(("a", 2, "c & d")) == "a, 2, and c & d"
    assert german.plain(("a", "b")) == "a und b"


def test_a_list_can_stand_in_the_middle_of_a_sentence() -> None:
    voice = a_voice(options={"sleep": "Bad sleep", "loss": "A loss"}, quote="Outside: {{ answer | small }}")

    assert html(voice, "quote", answer=(Label("kinds", "sleep"), Label("kinds", "loss"))) == (
        "Outside: bad sleep and a loss"
    )


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Most weeks", "most weeks"),
        ("I'm employed", "I'm employed"),
        ("I work", "I work"),
        ("HR", "HR"),
        ("A", "a"),
    ],
)
def test_a_label_inside_a_sentence_starts_small_unless_it_may_not(label: str, inside: str) -> None:
    voice = a_voice(options={"x": label}, quote="{{ answer | small }}")

    assert html(voice, "quote", answer=Label("kinds", "x")) == inside.replace("'", "&#39;")


@pytest.mark.parametrize(
    ("zone", "known"),
    [("Mars/Olympus", False), ("", False), ("../x", False), ("America", False), ("Europe/Berlin", True)],
)
def test_a_zone_that_nobody_knows_any_more_harms_no_message(zone: str, known: bool) -> None:
    now = datetime(2026, 3, 7, 12, tzinfo=UTC)

    assert ENGLISH.plain(ZoneName(zone)) == ("Berlin" if known else zone)
    assert ENGLISH.plain(Day(now, now, zone)) == "earlier today"


NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)  # a Sunday: clocks go forward in Berlin

DAY_NAMES = [
    (timedelta(hours=3), "UTC", "earlier today"),
    (timedelta(hours=13), "UTC", "yesterday"),
    (timedelta(days=1), "UTC", "yesterday"),
    (timedelta(days=2), "UTC", "last Friday"),
    (timedelta(days=6), "UTC", "last Monday"),
    (timedelta(days=7), "UTC", "on March 22"),
    (timedelta(days=40), "UTC", "on February 17"),
    (timedelta(minutes=59), "Pacific/Auckland", "earlier today"),
    (timedelta(hours=2), "Pacific/Auckland", "yesterday"),
    (timedelta(hours=12), "Europe/Berlin", "earlier today"),
    (timedelta(hours=14), "Europe/Berlin", "yesterday"),
    (-timedelta(hours=1), "UTC", "earlier today"),
]


@pytest.mark.parametrize(("ago", "zone", "name"), DAY_NAMES)
def test_a_day_is_named_as_one_says_it_where_the_person_is(ago: timedelta, zone: str, name: str) -> None:
    assert ENGLISH.plain(Day(NOON - ago, NOON, zone)) == name


def test_short_messages_are_joined_to_the_question_that_follows() -> None:
    bubbles = ENGLISH.bubbles((Say("engine.unsure"), Say("sketch.O5", buttons=(Button(1, "t"),))))

    assert len(bubbles) == 1
    assert bubbles[0].rows


def test_what_stands_apart_or_has_buttons_is_joined_to_nothing() -> None:
    short = Say("engine.unsure")

    assert len(ENGLISH.bubbles((Say("sos.glad", apart=True), short))) == 2
    assert len(ENGLISH.bubbles((short, Say("sos.glad", apart=True)))) == 2
    assert len(ENGLISH.bubbles((Say("engine.unsure", buttons=(Button(1, "t"),)), short))) == 2


def test_nothing_is_joined_beyond_what_one_reads_in_one_go() -> None:
    voice = a_voice(few="word " * 20, many="word " * (WORDS_A_BUBBLE - 10), wall="w" * LETTERS_A_BUBBLE)

    assert len(voice.bubbles((Say("few"), Say("few")))) == 1
    assert len(voice.bubbles((Say("few"), Say("many")))) == 2
    assert len(voice.bubbles((Say("wall"), Say("few")))) == 2


def keys(*labels: str | int, asides: int = 0) -> list[list[str]]:
    """What stands on the buttons, in rows, for labels given as words or numbers."""
    options = {f"x{place}": str(label) for place, label in enumerate(labels)}
    there = a_voice(options={**options, "aside": "Skip"})
    buttons = [
        Button(label if isinstance(label, int) else Label("kinds", f"x{place}"), f"t{place}", str(place))
        for place, label in enumerate(labels)
    ]
    extra = [Button(Label("kinds", "aside"), f"a{place}", aside=True) for place in range(asides)]
    return [[key.words for key in row] for row in there.rows([*buttons, *extra])]


@pytest.mark.parametrize(
    ("count", "widths"),
    [(5, [5]), (6, [6]), (7, [4, 3]), (11, [6, 5]), (12, [6, 6]), (13, [5, 5, 3]), (1, [1])],
)
def test_numbers_stand_in_even_rows(count: int, widths: list[int]) -> None:
    assert [len(row) for row in keys(*range(count))] == widths
    assert max(widths) <= NUMBERS_A_ROW


def test_numbers_come_first_and_words_stand_below_them() -> None:
    assert keys(1, 2, 3, "More", "Go on") == [["1", "2", "3"], ["More", "Go on"]]


def test_short_labels_share_a_row_and_long_ones_do_not() -> None:
    assert keys("Yes", "No", "Maybe", "Later") == [["Yes", "No", "Maybe"], ["Later"]]
    assert keys("L" * ROW_WIDTH, "S") == [["L" * ROW_WIDTH], ["S"]]


def test_asides_stand_in_a_row_of_their_own_at_the_end() -> None:
    assert keys("Yes", asides=2) == [["Yes"], ["Skip", "Skip"]]


def test_a_mark_shows_on_its_button() -> None:
    chat = at_question("O7")

    reply = chat.taps("+sleep")

    assert reply.redraw is not None
    marked = [key.words for row in ENGLISH.rows(reply.redraw.buttons) for key in row]
    assert "\u2713 Bad sleep" in marked


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
def test_a_whole_chat_fits_telegram_in_every_language(locale: str) -> None:
    chat = sketched(O1="<&>" * 40, O7=("sleep", "loss"))
    for command in ("map", "answers", "settings", "help", "privacy", "sos", "erase"):
        chat.commands(command)

    said: list[Any] = [
        bubble for reply in chat.replies for bubble in HOUSE.voices[locale].bubbles(reply.says)
    ]

    assert len(said) > 40
    assert not [what for bubble in said for what in breaks(bubble)]


@pytest.mark.parametrize(
    ("said", "shown"),
    [("the meetings", "the meetings."), ("Why me?", "Why me?"), ("No.", "No."), ("and so on…", "and so on…")],
)
def test_words_that_end_a_sentence_have_one_end(said: str, shown: str) -> None:
    voice = a_voice(quote="You said: {{ answer | stopped }}")

    assert html(voice, "quote", answer=said) == f"You said: {shown}"
