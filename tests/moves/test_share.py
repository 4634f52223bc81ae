"""The packet: previewed line by line, made of what was left in, sent into this chat alone, and not kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.packets.pages import make
from flows.engine.heard import Tapped
from flows.reply import Remembered
from tests.coach.given import HOUSE, a_stranger, prompts, said, words
from tests.moves.mapped import of, with_kept
from tests.moves.share_given import WEEKS, file_of, lawyer, lines_of, previewed, week
from tests.packet.reading import everything_in, words_of

READERS = ("mentor", "coach", "partner", "doctor")


def test_before_there_is_a_map_it_says_what_it_takes() -> None:
    chat = of("P01")
    chat.person = replace(chat.person, conversations={}, diary=replace(chat.person.diary, maps=()))

    reply = chat.commands("share")

    assert prompts(reply) == ("share.no_map",)
    assert "share" not in chat.person.conversations


def test_a_stranger_is_introduced_first() -> None:
    assert "share.whom" not in prompts(a_stranger().commands("share"))


@pytest.mark.parametrize("reader", READERS)
def test_every_line_of_the_preview_has_a_number_and_a_button(reader: str) -> None:
    reply = previewed(lawyer(), reader)

    numbers = list(lines_of(reply))
    labels = [button.label for button in reply.says[-1].buttons if isinstance(button.label, int)]
    assert numbers == labels == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("reader", READERS)
def test_the_file_holds_every_line_that_was_shown_and_left_in(reader: str) -> None:
    chat = lawyer()
    shown = lines_of(previewed(chat, reader))
    printed = file_of(chat.taps("none")).in_words()

    guide = len(shown) if reader != "doctor" else 0
    for number, line in shown.items():
        assert (line in printed) is (number != guide)


@pytest.mark.parametrize("reader", READERS)
def test_a_line_that_was_taken_out_is_not_in_the_file(reader: str) -> None:
    shown = lines_of(previewed(lawyer(), reader))
    for number, line in shown.items():
        chat = lawyer()
        previewed(chat, reader)

        printed = file_of(chat.gives((str(number),))).in_words()

        assert line not in printed
        assert all(other in printed for other in list(shown.values())[: number - 1])


def test_what_was_taken_out_is_not_in_the_bytes_of_the_file_either() -> None:
    chat = lawyer()
    shown = lines_of(previewed(chat, "mentor"))
    out = tuple(str(number) for number, line in shown.items() if "Zoltan" in line or "Enron" in line)

    content = make(file_of(chat.gives(out))).content

    assert len(out) == 2
    assert "No laptop after seven" not in words_of(content)
    for name in (b"Zoltan", b"Enron", "Zoltan".encode("utf-16-be"), b"laptop"):
        assert name not in everything_in(content)


def test_own_words_that_are_taken_out_are_taken_out_wherever_they_stand() -> None:
    chat = lawyer(O1="Defending what I find indefensible")
    shown = lines_of(previewed(chat, "mentor"))
    (quote,) = [str(number) for number, line in shown.items() if "indefensible" in line]

    assert "indefensible" not in file_of(chat.gives((quote,))).in_words()


def test_a_wish_that_is_taken_out_is_not_in_the_text_to_send_along() -> None:
    chat = lawyer()
    shown = lines_of(previewed(chat, "mentor", "Ask me about Berlin"))
    (wish,) = [str(number) for number, line in shown.items() if "Berlin" in line]

    assert "Berlin" not in words(chat.gives((wish,)))


def test_a_wish_that_is_left_in_is_in_the_text_to_send_along() -> None:
    chat = lawyer()
    previewed(chat, "coach", "Ask me about Berlin")

    assert "Ask me about Berlin" in words(chat.taps("none"))


def test_words_are_escaped_in_the_chat_and_stand_as_written_in_the_file() -> None:
    chat = lawyer()
    shown = words(previewed(chat, "mentor", "<b>5 < 7 & so on</b>"))

    assert "&lt;b&gt;5 &lt; 7 &amp; so on&lt;/b&gt;" in shown
    assert "<b>5 < 7 & so on</b>" in file_of(chat.taps("none")).in_words()


def test_what_may_name_somebody_is_pointed_at_with_its_number_and_stays() -> None:
    chat = lawyer()
    reply = previewed(chat, "mentor")
    number = next(number for number, line in lines_of(reply).items() if "Zoltan" in line)

    assert f"\u201cZoltan\u201d ({number})" in words(reply)
    assert "Enron" in words(reply)
    assert "Zoltan" in file_of(chat.taps("none")).in_words()


@pytest.mark.parametrize(
    ("text", "out"),
    [("3, 5", {3, 5}), ("1 and 4-6", {1, 4, 5, 6}), ("2 to 3; 7", {2, 3, 7}), ("7", {7})],
)
def test_numbers_may_be_typed(text: str, out: set[int]) -> None:
    chat = lawyer()
    shown = lines_of(previewed(chat, "mentor"))

    printed = file_of(chat.says(text)).in_words()

    assert {number for number, line in shown.items() if line not in printed} - {len(shown)} == out


@pytest.mark.parametrize("text", ["99", "0", "3, 31", "9-7-200", "all of the bad ones", "-", "3.5.2026"])
def test_what_names_no_line_makes_nothing_and_asks_again(text: str) -> None:
    chat = lawyer()
    previewed(chat, "mentor")

    reply = chat.says(text)

    assert prompts(reply)[-1] == "share_preview.out"
    assert not any(say.file for say in reply.says)


def test_a_forged_number_takes_nothing_out() -> None:
    chat = lawyer()
    count = len(lines_of(previewed(chat, "partner")))

    reply = chat.hears(Tapped(chat.token(str(count + 1))))

    assert not any(say.file for say in reply.says)


def test_with_everything_left_out_nothing_is_made() -> None:
    chat = lawyer()
    count = len(lines_of(previewed(chat, "partner")))

    reply = chat.says(f"1-{count}")

    assert prompts(reply) == ("share.nothing_left",)
    assert chat.remembered("share") == []


def test_who_thinks_better_of_it_has_made_nothing() -> None:
    chat = lawyer()
    previewed(chat, "mentor")

    assert prompts(chat.taps("stop")) == ("share.not_made",)
    assert chat.remembered("share") == []


def test_only_that_it_was_made_is_remembered() -> None:
    chat = lawyer()
    before, diary = dict(chat.person.conversations), chat.person.diary
    previewed(chat, "doctor", "A wish of mine")
    chat.gives(("1", "2"))

    assert chat.remembered("share") == [Remembered("share", {})]
    assert [each for reply in chat.replies[-4:] for each in reply.remember] == [Remembered("share", {})]
    assert chat.person.conversations == before
    assert chat.person.diary == diary


def test_other_answers_are_remembered_as_ever() -> None:
    chat = lawyer()
    chat.commands("trial")
    chat.gives("load")

    assert chat.replies[-1].remember[-1].body["flow"] == "trial"


def test_when_something_changed_since_the_preview_it_is_shown_again() -> None:
    chat = lawyer()
    previewed(chat, "mentor")
    with_kept(chat, weeks=(*WEEKS, week(5, 3, 1, "A line nobody has looked at")))

    reply = chat.taps("none")

    assert prompts(reply)[0] == "share.changed"
    assert "A line nobody has looked at" in words(reply)
    assert not any(say.file for say in reply.says)
    assert "A line nobody has looked at" in file_of(chat.taps("none")).in_words()


def test_the_file_stands_alone_with_the_text_to_send_along_apart_from_it() -> None:
    chat = lawyer()
    previewed(chat, "mentor")

    reply = chat.taps("none")

    assert prompts(reply) == ("share.made", "share.to_forward", "share.text.mentor")
    assert said(reply, "share.made").apart
    assert said(reply, "share.text.mentor").apart


def test_the_numbers_stay_where_they_are_when_one_is_marked() -> None:
    chat = lawyer()
    before = previewed(chat, "mentor").says[-1]

    marked = chat.hears(Tapped(chat.token("+3"))).redraw

    assert marked is not None
    plain, ticked = (HOUSE.voices["en"].rows(say.buttons) for say in (before, marked))
    numbers = [[key.words.removeprefix("\u2713 ") for key in row] for row in ticked]
    assert numbers[: len(plain) - 1] == [[key.words for key in row] for row in plain[:-1]]
    assert "\u2713 3" in [key.words for row in ticked for key in row]


def test_how_many_lines_were_left_out_is_told() -> None:
    chat = lawyer()
    previewed(chat, "mentor")

    assert said(chat.gives(("1", "2", "4")), "share.made").facts["out"] == 3


def test_a_button_of_a_packet_that_is_made_does_nothing_more() -> None:
    chat = lawyer()
    previewed(chat, "mentor")
    token = chat.token("none")
    chat.hears(Tapped(token))

    reply = chat.hears(Tapped(token))

    assert reply.says == ()
    assert reply.toast is not None


def test_who_goes_away_before_the_end_finds_the_question_again() -> None:
    chat = lawyer()
    previewed(chat, "mentor")
    chat.commands("later")
    chat.waits(hours=3)

    reply = chat.commands("continue")

    assert prompts(reply)[-1] == "share_preview.out"
    assert any(say.file for say in chat.taps("none").says)


def test_asking_anew_forgets_what_was_asked_before() -> None:
    chat = lawyer()
    previewed(chat, "mentor", "An old wish")

    reply = previewed(chat, "partner", None)

    assert "An old wish" not in words(reply)
    assert "wish" not in chat.foreground.about or chat.foreground.about["wish"] == ""


def test_what_was_open_before_is_offered_again_afterwards() -> None:
    chat = lawyer()
    chat.commands("trial")
    previewed(chat, "mentor")

    assert prompts(chat.taps("none"))[-1] == "coach.back_to_it"
