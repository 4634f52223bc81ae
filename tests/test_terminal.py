"""The terminal as a channel, scripts, and the clock that a tester moves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import chatting
from bot.channels.terminal import WIDTH, Terminal
from bot.chatting import played
from bot.clock import MovableClock, real_time
from bot.parcels import Delivered, Kind, Parcel
from bot.rendering import Key
from bot.scripts import Cue, ScriptError, lines_of, read_script, same_words
from bot.settings import Settings
from flows.engine.heard import Commanded, Tapped, Wrote
from flows.engine.say import Say
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.person import Person

ROWS = (
    (Key("Yes", "t-yes", "1"), Key("No, never", "t-no", "2")),
    (Key("7", "t-7", "7"),),
    (Key("Back", "t-back", "", aside=True), Key("Why?", "t-why", "", aside=True)),
)


class Screen:
    """A terminal, and what it has printed."""

    def __init__(self, *, bold: bool = False) -> None:
        self.printed: list[str] = []
        self.terminal = Terminal(self.printed.append, bold=bold)

    async def shows(
        self, html: str, rows: tuple[tuple[Key, ...], ...] = (), kind: Kind = Kind.QUESTION
    ) -> str:
        before = len(self.printed)
        outcome = await self.terminal.deliver(Parcel(kind, 1, html, rows))
        assert isinstance(outcome, Delivered)
        return "\n".join(self.printed[before:])


async def test_a_message_is_wrapped_and_hangs_under_its_speaker() -> None:
    shown = (await Screen().shows("word " * 60)).splitlines()

    assert shown[0].startswith("bot> word")
    assert all(line.startswith("     word") for line in shown[1:])
    assert max(len(line) for line in shown) <= WIDTH


async def test_paragraphs_and_bullets_keep_their_shape() -> None:
    shown = await Screen().shows(f"One.\n\n\u2022 {'word ' * 30}\n\u2022 two")

    assert shown.splitlines()[1] == ""
    assert "\n       word" in shown
    assert shown.endswith("     \u2022 two")


async def test_strong_words_are_bold_only_on_a_real_terminal() -> None:
    html = "It leans towards <b>the role</b> &amp; <i>more</i>."

    assert await Screen().shows(html) == "bot> It leans towards the role & more."
    assert "\x1b[1mthe role\x1b[0m" in await Screen(bold=True).shows(html)


async def test_what_looks_like_markup_and_was_written_by_a_person_stays() -> None:
    assert await Screen().shows("You said &lt;b&gt;now&lt;/b&gt;") == "bot> You said <b>now</b>"


async def test_buttons_are_shown_with_what_to_type() -> None:
    shown = await Screen().shows("Well?", ROWS)

    assert shown == "bot> Well?\n     [1] Yes  [2] No, never  [7]\n     (Back \u00b7 Why?)"


async def test_a_button_is_never_broken_at_the_end_of_a_line() -> None:
    rows = (tuple(Key(f"Two words {number}", f"t{number}", str(number)) for number in range(12)),)

    shown = await Screen().shows("Well?", rows)

    for number in range(12):
        assert f"[{number}] Two words {number}" in shown


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("1", Tapped("t-yes")),
        (" 7 ", Tapped("t-7")),
        ("3", Wrote("3", 5)),
        ("Yes", Wrote("Yes", 5)),
        ("", Wrote("", 5)),
        ("/map", Commanded("map")),
        ("/Answers  2 ", Commanded("answers", "2")),
        ("/ map", Wrote("/ map", 5)),
        ("5/7", Wrote("5/7", 5)),
    ],
)
async def test_a_line_is_a_tap_a_command_or_text(line: str, heard: object) -> None:
    screen = Screen()
    await screen.shows("Well?", ROWS)

    assert screen.terminal.heard(line, 5) == heard


async def test_only_the_newest_buttons_can_be_tapped() -> None:
    screen = Screen()
    await screen.shows("Well?", ROWS)
    await screen.shows("And now?", ((Key("Sure", "t-sure", "1"),),))

    assert screen.terminal.heard("1", 1) == Tapped("t-sure")
    assert screen.terminal.heard("7", 1) == Wrote("7", 1)


async def test_edits_show_only_where_the_buttons_changed() -> None:
    screen = Screen()

    assert await screen.shows("Well?\n\n\u2713 Yes", kind=Kind.CHOSEN) == ""
    assert await screen.shows("", kind=Kind.KEYBOARD) == ""
    assert "\u2713 Yes" in await screen.shows("", ((Key("\u2713 Yes", "t", "1"),),), Kind.KEYBOARD)


async def test_the_passing_word_on_a_tap_stands_in_brackets() -> None:
    screen = Screen()

    await screen.terminal.acknowledge("tap", "We have moved on from that one.")
    await screen.terminal.acknowledge("tap", "")

    assert screen.printed == ["bot> (We have moved on from that one.)"]


def cues(text: str) -> list[Cue]:
    return list(read_script(text.splitlines()))


def test_a_script_is_read_line_by_line() -> None:
    script = "# about\nme> hello\nbot> I'm Tare,\n     a program.\n\nclock> +3d\nme>\nsent> voice\nedit> hi"

    assert [(cue.who, cue.what) for cue in cues(script)] == [
        ("me", "hello"),
        ("bot", "I'm Tare,\na program."),
        ("clock", "+3d"),
        ("me", ""),
        ("sent", "voice"),
        ("edit", "hi"),
    ]


@pytest.mark.parametrize("line", ["hello", "you> hi", "me>hello", " bot> hi", "ME> hi"])
def test_a_line_that_nobody_can_play_is_named(line: str) -> None:
    with pytest.raises(ScriptError, match="line 2"):
        cues(f"me> hi\n{line}")


def test_wrapping_makes_no_difference_to_what_is_expected() -> None:
    assert same_words("a  b\n c") == same_words("a b c")


async def outcome_of(script: str) -> list[tuple[str, bool]]:
    return [line async for line in played(script.splitlines())]


async def test_a_script_plays_and_what_was_expected_came() -> None:
    lines = await outcome_of("me> /start\nbot> I'm Tare, a program\nbot> Which language suits you?")

    assert all(came for _, came in lines)
    assert lines[0] == ("me> /start", True)
    assert lines[1][0].startswith("bot> I'm Tare")


async def test_what_was_expected_and_did_not_come_is_said_with_its_line() -> None:
    lines = await outcome_of("me> /start\nbot> Welcome back!\nme> English")

    assert ("line 2: this did not come: Welcome back!", False) in lines
    assert lines[-1][0].startswith("bot> Are you 18")


async def test_a_clock_order_that_makes_no_sense_names_its_line() -> None:
    with pytest.raises(ScriptError, match=r"line 2: 'tomorrow': write \+7d"):
        await outcome_of("me> /start\nclock> tomorrow")


def test_a_script_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "chat.txt"
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ScriptError, match="UTF-8"):
        lines_of(file)


async def test_scripts_come_out_the_same_every_time() -> None:
    script = "me> /start\nme> 1\nme> yes\nme> yes\nme> Germany\nclock> +3d\nme> hm"

    assert await outcome_of(script) == await outcome_of(script)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of somebody who types one command in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return Settings()


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str, then: type[BaseException] = EOFError) -> None:
    """Let these lines be typed, and then the input end."""

    def answers() -> Iterator[str]:
        yield from lines

    left = answers()

    def ask(prompt: str) -> str:
        print(prompt, end="")
        line = next(left, None)
        if line is None:
            raise then
        return line

    monkeypatch.setattr("builtins.input", ask)


def test_a_chat_ends_with_its_input_and_the_next_one_goes_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "English", "", "yes")
    assert chatting.chat(settings, db=None, locale=None, script=None) == 0
    typed(monkeypatch, then=KeyboardInterrupt)
    first = capsys.readouterr().out

    assert chatting.chat(settings, db=None, locale=None, script=None) == 0
    second = capsys.readouterr().out

    assert first.count("Do you agree?") == 1
    assert "Do you agree?" in second
    assert "Your place is kept." in second


def test_days_can_be_lived_through_and_the_clock_stays_moved(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "English", "clock> +7d", "clock> tomorrow", "hello?")
    chatting.chat(settings, db=None, locale=None, script=None)
    typed(monkeypatch, "hm")
    chatting.chat(settings, db=None, locale=None, script=None)

    told = capsys.readouterr().out
    assert "write +7d" in told
    assert told.count("one question stayed open") >= 2


@pytest.mark.parametrize(("expected", "code"), [("I'm Tare", 0), ("Welcome back!", 1)])
def test_a_script_ends_with_1_when_something_did_not_come(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], expected: str, code: int
) -> None:
    script = tmp_path / "chat.txt"
    script.write_text(f"me> /start\nbot> {expected}\n", "utf-8")

    assert chatting.chat(settings, db=None, locale=None, script=script) == code
    assert "I'm Tare" in capsys.readouterr().out


def test_a_script_can_speak_german(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "chat.txt"
    script.write_text("me> /start\n", "utf-8")

    chatting.chat(settings, db=None, locale="de", script=script)

    assert "Programm" in capsys.readouterr().out


START = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wish", "moved"),
    [
        ("+20m", timedelta(minutes=20)),
        ("+ 3h", timedelta(hours=3)),
        (" +7d ", timedelta(days=7)),
        ("+2w", timedelta(weeks=2)),
        ("2026-03-08 19:30", timedelta(days=6)),
        ("2026-03-01 19:30", -timedelta(days=1)),
    ],
)
def test_the_clock_moves_as_told(wish: str, moved: timedelta) -> None:
    clock = MovableClock(fixed=START)

    clock.move(wish)

    assert clock() == START + moved


@pytest.mark.parametrize("wish", ["", "7d", "+7", "+7y", "-7d", "+99999d", "tomorrow", "2026-13-40 00:00"])
def test_a_clock_order_that_makes_no_sense_says_what_does(wish: str) -> None:
    clock = MovableClock(fixed=START)

    with pytest.raises(ValueError, match=r"write \+7d"):
        clock.move(wish)

    assert clock() == START


def test_an_unmoved_clock_shows_the_real_time() -> None:
    assert abs(MovableClock()() - real_time()) < timedelta(seconds=5)


def weekly(*, capped: bool) -> NudgeKind:
    """A nudge for every Sunday evening."""

    def wanted(person: Person, now: datetime) -> Iterator[Wanted]:
        del person
        first = now.date() + timedelta(days=6 - now.weekday())
        for week in range(2):
            day = first + timedelta(weeks=week)
            yield Wanted("weekly", day.isoformat(), day, 19 * 60, 20 * 60, capped)

    return NudgeKind("weekly", 1, wanted, lambda visit, wanted: Say("coach.later"))


@pytest.fixture
def with_a_weekly(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Let the coach of scripts have this one kind of nudge."""
    house = chatting._house()

    def given(capped: bool) -> None:
        coach = replace(house.coach, kinds=(weekly(capped=capped),))
        monkeypatch.setattr(chatting, "_house", lambda: replace(house, coach=coach))

    return given


IN_GERMANY = "me> /start\nme> English\nme> yes\nme> yes\nme> Germany\nme> employed\nclock> "


async def test_a_moved_clock_lives_through_the_days_and_each_nudge_comes_at_its_time(
    with_a_weekly: Callable[[bool], None],
) -> None:
    with_a_weekly(False)

    shown = [line for line, _ in await outcome_of(f"{IN_GERMANY}+17d\nme> hello")]

    moved = shown.index("clock> +17d")
    nudges = shown[moved + 1 : -2]
    assert [words.split(", 19:")[0] for words in nudges] == [
        "bot> (Sunday, March 8, 2026",
        "bot> (Sunday, March 15, 2026",
    ]
    assert all("\n     Good. /continue whenever you like" in words for words in nudges)
    assert shown[-2] == "me> hello"


async def test_a_script_with_nudges_comes_out_the_same_and_can_expect_them(
    with_a_weekly: Callable[[bool], None],
) -> None:
    with_a_weekly(False)
    script = f"{IN_GERMANY}+7d\nbot> (Sunday, March 8, 2026,\nbot> Good. /continue\nbot> Monday"

    lines = await outcome_of(script)

    assert [line for line, came in lines if not came] == ["line 10: this did not come: Monday"]
    assert lines == await outcome_of(script)


async def test_the_time_stands_only_above_what_nobody_asked_for(
    with_a_weekly: Callable[[bool], None],
) -> None:
    with_a_weekly(False)

    lines = await outcome_of(f"{IN_GERMANY}+7d\nme> later\nclock> +1h\nme> /help")

    assert sum("bot> (" in line for line, _ in lines) == 1


async def test_ten_weeks_with_many_nudges_pass_in_a_moment(with_a_weekly: Callable[[bool], None]) -> None:
    with_a_weekly(False)
    begun = time.monotonic()

    lines = await outcome_of(f"{IN_GERMANY}+10w")

    assert sum("bot> (Sunday" in line for line, _ in lines) == 10
    assert time.monotonic() - begun < 2
