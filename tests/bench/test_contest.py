"""The parts of the bench that run bots, at toy size: people play, calls are counted, figures come out."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from bench import Effort
from bench.backstage import NotMeasured, Remote, stage
from bench.contest import Contender, baseline, measured_in_turns, our_bot, ratio
from bench.growth import fill
from bench.latency import trickled
from bench.stage import Window
from bot.storage import migrate
from tests.storage.given import number_of

RATE, SECONDS = 40, 0.5


def window(calls: int, bot: float = 1.0) -> Window:
    return Window(seconds=1.0, calls=calls, updates=calls, bot=bot, server=0.1, empty=0, delays=[])


def test_our_bot_makes_about_three_calls_of_a_tap() -> None:
    with our_bot() as ours:
        ours.stage.do("ready", count=4)
        seen = ours.stage.trickle(RATE, SECONDS, ours.pids)
        ours.check()

    assert seen.updates > 8
    assert 2.2 < seen.calls / seen.updates < 4
    assert seen.bot > 0
    assert len(seen.delays) >= seen.updates / 2
    assert min(seen.delays) > 0


def test_an_echo_makes_one_call_of_a_message_in_every_round() -> None:
    with baseline("echo", "echo", "ptb_echo", "--at-once", "2", warm=0.1) as echo:
        seen = trickled(echo, RATE, SECONDS)
        measured_in_turns([echo], Effort(rounds=2, seconds=0.3, people=3))

    assert seen.calls == seen.updates > 3
    assert len(echo.windows) == 2
    assert all(each.calls and not each.empty for each in echo.windows)


def test_a_survey_that_others_would_write_makes_three_calls_of_a_tap() -> None:
    with baseline("survey", "survey", "ptb_survey", "--known", "10") as survey:
        seen = trickled(survey, RATE, SECONDS)
        survey.check()

    assert seen.calls == 3 * seen.updates > 9


def test_what_cannot_be_measured_is_told(tmp_path: Path) -> None:
    (tmp_path / "said").write_text("there is no database")
    with stage("echo") as nobody_there:
        with pytest.raises(NotMeasured, match="there is no database"):
            nobody_there.awaits("getUpdates", tmp_path, within=0.05)
        with pytest.raises(NotMeasured, match="UnknownFaultError"):
            nobody_there.do("fail", kind="earthquake")


def test_a_ratio_compares_what_was_measured_in_the_same_round() -> None:
    nowhere = Remote("", StringIO(), StringIO())
    ours = Contender("ours", nowhere, [], windows=[window(20), window(200), window(60)])
    other = Contender("other", nowhere, [], windows=[window(10), window(100), window(20)])

    assert ratio(Contender.calls_a_second, ours, other) == 2.0


def test_everybody_who_is_put_there_has_talked_before(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tare.db"
    migrate(url)
    fill(tmp_path / "tare.db", 12)

    tables = {name: number_of(url, name) for name in ("person", "conversation", "record", "nudge")}
    assert tables == {"person": 12, "conversation": 12, "record": 36, "nudge": 12}
