"""The whole way from /start to the map on Telegram, by taps, by text, and by people who tap twice."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.house import furnish
from flows.assessment.sketch import SKETCH
from flows.engine.asking import shown
from tests.servers.botapi import BotApi, Seen
from tests.serving.given import World
from tests.whole.given import SEED, kept
from tests.whole.kept import Kept
from tests.whole.person import Person, choices_in, name_of
from tests.whole.script import FLOW_OF, How, script_of


@dataclass(frozen=True, repr=False)
class Walk:
    """One person's whole way, when it is over."""

    person: Person
    kept: Kept
    log: list[Seen]
    chat: list[Seen]
    acknowledged: list[str]
    violations: list[str]

    @property
    def received(self) -> list[Seen]:
        """The messages, as they were when they came."""
        return [seen for seen in self.log if seen.kind == "text"]


async def walk(folder: Path, template: Path, how: How, locale: str = "en") -> Walk:
    """Send somebody all the way."""
    async with BotApi() as api:
        world = World.around(api, f"sqlite:///{shutil.copy(template, folder / 'tare.db')}", folder)
        person = Person(await api.phone(language_code=locale), script_of(SEED, (how,), locale, whole=True))
        async with world.bot():
            await person.to_the_map()
            await api.until_taken()
            await until_acknowledged(api, person.tapped)
        calls = await api.calls("answerCallbackQuery")
        return Walk(
            person,
            await kept(world, person.phone),
            await person.phone.log(),
            await person.phone.chat(),
            [call["values"]["callback_query_id"] for call in calls],
            api.violations,
        )


async def until_acknowledged(api: BotApi, taps: int) -> None:
    """Wait for what happens beside everything else."""
    async with asyncio.timeout(5):
        while len(await api.calls("answerCallbackQuery")) < taps:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)


@pytest.fixture(scope="module", params=How)
def walked(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Walk:
    """The same way by each way of answering; nothing in it depends on the test that looks at it."""
    return asyncio.run(walk(tmp_path_factory.mktemp("walk"), sqlite_template, request.param))


def test_every_answer_is_kept_once_as_it_was_given(walked: Walk) -> None:
    given = [answer for answer in walked.person.given if answer[0] in SKETCH.questions]

    assert [record for record in walked.kept.records if record[0] in SKETCH.questions] == given
    assert len(given) == len(SKETCH.questions) - 1  # all but the question about a short round
    assert walked.kept.maps == 1


def test_an_answered_question_shows_the_answer_and_has_no_buttons(walked: Walk) -> None:
    voice, script = furnish().voices["en"], walked.person.script
    now = {seen.message_id: seen for seen in walked.chat}

    assert [seen.text for seen in walked.chat if choices_in(seen)] == []
    for asked in walked.received:
        if name := name_of(asked):
            answer = voice.plain(shown(FLOW_OF[name], name, script[name].value))
            assert now[asked.message_id].text == f"{asked.text}\n\n\u2713 {answer}", name


def test_every_question_is_asked_once(walked: Walk) -> None:
    asked = Counter(name_of(seen) for seen in walked.received if name_of(seen))

    assert set(asked.values()) == {1}


def test_marks_are_set_in_place(walked: Walk) -> None:
    [question] = [seen for seen in walked.received if name_of(seen) == "O7"]
    redrawn = [seen for seen in walked.log if seen.kind == "keyboard"]
    marks = [sum("\u2713" in label for label in seen.labels) for seen in redrawn]

    tapped = walked.person.script["O7"].how is not How.TYPE
    assert marks == (list(range(1, len(walked.person.script["O7"].codes) + 1)) if tapped else [])
    assert {seen.message_id for seen in redrawn} <= {question.message_id}


def test_every_tap_is_acknowledged_once(walked: Walk) -> None:
    assert max(Counter(walked.acknowledged).values(), default=1) == 1
    assert len(walked.acknowledged) == walked.person.tapped


def test_a_second_tap_is_told_softly_what_is_noted(walked: Walk) -> None:
    told = [seen.text for seen in walked.log if seen.kind == "notice" and seen.text]

    twice = any(intended.how is How.TAP_TWICE for intended in walked.person.script.values())
    assert any("Noted already" in text for text in told) == twice


def test_no_rule_of_the_bot_api_is_broken(walked: Walk) -> None:
    assert walked.violations == []


async def test_a_german_phone_is_greeted_and_asked_in_german(sqlite_template: Path, tmp_path: Path) -> None:
    german = await walk(tmp_path, sqlite_template, How.TYPE, locale="de")

    said = "\n".join(seen.text for seen in german.received)
    assert said.startswith("Ich bin Tare")
    assert german.kept.answers["welcome"] == "de"
    for english in (" the ", " you ", " of "):
        assert english not in said
