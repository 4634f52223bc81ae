"""What stands on a locked screen: the first letters of a message that comes unasked tell nobody anything."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from flows.assessment.onboarding import SITUATIONS
from flows.engine.say import Day, Fact, Label, OnDay, Say
from flows.nudging import KINDS
from flows.person import Person, begun
from flows.shelf import FLOWS, SITTINGS
from tests.coach.given import HOUSE
from tests.transcripts.playing import transcripts

SHOWN = 40
"""Letters that are sure to stand in a notification."""

TELLING: Mapping[str, tuple[str, ...]] = {
    "en": (
        *("burn", "exhaust", "tired", "worn", "stress", "strain", "fatigue", "overwork", "overload"),
        *("depress", "anxi", "panic", "mood", "mental", "sleep", "sick", "ill", "health", "doctor", "medic"),
        *("therap", "diagnos", "symptom", "crisis", "suicid", "harm", "die", "kill", "danger", "unsafe"),
        *("heavy", "heavier", "heaviness", "weight", "drain", "cynic", "dread", "hate", "quit", "resign"),
        *("fired", "layoff", "bully", "harass", "boss", "manager", "colleague", "job", "work", "career"),
        *("employ", "salary", "money", "meeting"),
    ),
    "de": (
        *("burn", "ausgebrannt", "erschöpf", "müde", "stress", "belast", "überlast", "überarbeit"),
        *("depress", "angst", "ängst", "panik", "stimmung", "psych", "seel", "schlaf", "krank", "gesund"),
        *("arzt", "ärzt", "therap", "diagnos", "symptom", "krise", "suizid", "selbstmord", "sterb", "töt"),
        *("gefahr", "sicher", "schwer", "gewicht", "kündig", "entlass", "mobb", "chef", "kolleg", "job"),
        *("arbeit", "beruf", "karriere", "gehalt", "geld", "sitzung", "besprechung", "meeting", "zynisch"),
    ),
}
"""Beginnings of words that say what this chat is about: a diagnosis, a state of health, trouble at work."""

FIRST_DAY = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ"

OWN = "Canary"
"""What a person wrote, wherever a message could quote it."""


ATTEMPT = Label("battery.T1", "people")
"""What a question about something that was tried is about."""


def in_sittings() -> Iterator[tuple[Say, int, int]]:
    """What every question is called in a sentence, and how many of how many are done."""
    for name in SITTINGS:
        flow = FLOWS[name]
        _, conversation = begun(Person(seed=7, zone="UTC"), flow, FIRST_DAY)
        for state in flow.questions:
            short = flow.short(conversation, state)
            for count in (0, 1, 12):
                yield replace(short, facts={"kind": ATTEMPT, **short.facts}), count, 18


def days() -> Iterator[Day]:
    """Days ago as they are said: by name, and by date."""
    for ago in (0, 1, 2, 3, 4, 5, 6, 9, 40):
        yield Day(FIRST_DAY - timedelta(days=ago), FIRST_DAY)


def resumed(prompt: str) -> Iterator[Say]:
    for question, count, total in in_sittings():
        for day in days():
            yield Say(prompt, {"day": day, "count": count, "total": total, "question": question})


def with_each(prompt: str, name: str, facts: tuple[Fact, ...], variant: str = "") -> Iterator[Say]:
    yield from (Say(prompt, {name: fact}, variant=variant) for fact in facts)


def moments(*codes: str) -> tuple[Fact, ...]:
    return tuple(Label("breaks.moments", code) for code in codes)


def agos() -> tuple[Fact, ...]:
    return (Label("nudges.ago", "four"), Label("nudges.ago", "twelve"))


def weekly() -> Iterator[Say]:
    for weekday in "0123456":
        for part in ("morning", "noon", "afternoon", "evening"):
            facts = {"weekday": Label("weekly.weekdays", weekday), "part": Label("weekly.parts", part)}
            yield Say("weekly.offer", facts)


A_DAY = (OnDay(FIRST_DAY.date()),)

UNASKED: Mapping[str, tuple[Say, ...]] = {
    "look_in": (Say("crisis.looking_in"),),
    "trial": (Say("trials.time_is_over", {"week": 1}), *with_each("trials.how_is_it", "week", (1, 2, 6))),
    "break": (
        *with_each("breaks.ask_mid", "moment", moments("mid")),
        *with_each("breaks.ask_after", "moment", moments("day2", "day10", "week3", "week6")),
    ),
    "settle": (
        *with_each("nudges.settle", "ago", agos()),
        *with_each("nudges.settle_unclear", "ago", agos()),
    ),
    "resume": (*resumed("nudges.resume"), *resumed("nudges.resume_start")),
    "lookback": (Say("nudges.lookback"), Say("nudges.lookback_half")),
    "weekly": tuple(weekly()),
    "log": (
        Say("energy.prompt"),
        Say("energy.fell_silent", {"days": 4}),
        Say("energy.ended_insight", {"lines": (Say("energy.gives", {"what": OWN, "count": 2, "total": 3}),)}),
    ),
    "done": (Say("done.looking_in"), Say("done.may_be")),
    "slope": (Say("slopes.stage_ends"),),
    "decision": (Say("decide.again"), *with_each("decide.how_was_it", "days", (7, 30, 90))),
    "retention": (
        *with_each("rights.words", "day", A_DAY),
        *with_each("rights.words", "day", A_DAY, "again"),
    ),
    "year": tuple(with_each("rights.year", "day", A_DAY)),
}
"""Everything that a kind of first message may say, with every fact that its first words may hold."""


def named_by(kind: str) -> set[str]:
    """The prompts that the code of a kind names: of what words it, and of what that calls beside it."""
    (offer,) = (each.offer for each in KINDS if each.kind == kind)
    module = inspect.getmodule(offer)
    source = inspect.getsource(offer)
    called = [getattr(module, name, None) for name in re.findall(r"\b(_\w+)\(", source)]
    sources = [source, *(inspect.getsource(each) for each in called if inspect.isfunction(each))]
    known = HOUSE.voices["en"].catalogue
    return {
        name
        for text in sources
        for name in re.findall(r"(?<!buttons\()(?<!foot=Say\()\"(\w+\.\w+)\"", text)
        if name in known.templates or f"{name}.ask" in known.templates
    }


def preview(html: str) -> str:
    """The first letters as a phone shows them, and the end of the word that they break off in."""
    plain = unescape(re.sub(r"<[^>]+>", "", html)).replace("\n", " ")
    rest = plain[SHOWN:]
    return plain[:SHOWN] + rest[: len(rest) - len(rest.lstrip(LETTERS))]


def telling_words(text: str, locale: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word.startswith(TELLING[locale])]


def test_every_kind_of_first_message_is_looked_at_with_everything_it_names() -> None:
    assert set(UNASKED) == {kind.kind for kind in KINDS}
    for kind, says in UNASKED.items():
        assert named_by(kind) <= {say.prompt for say in says}, kind


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
@pytest.mark.parametrize("kind", UNASKED)
def test_a_first_message_says_nothing_on_a_locked_screen(kind: str, locale: str) -> None:
    for situation in ("", *SITUATIONS):
        voice = HOUSE.voices[locale].to(situation)
        for say in UNASKED[kind]:
            first = preview(voice.bubble(say).html)
            assert telling_words(first, locale) == [], first
            assert OWN not in first


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
def test_neither_does_the_last_one_of_several(locale: str) -> None:
    assert telling_words(preview(HOUSE.voices[locale].bubble(Say("nudges.last")).html), locale) == []


def stamped(chat: str) -> Iterator[tuple[str, str]]:
    """What came by itself in a chat, with its language: the lines under a time in brackets, which is
    "Sunday, March 8, 2026, 12:04" or "Sonntag, 8. März 2026, 12:04".
    """
    for found in re.finditer(r"^bot> \((\w+, \d+\.)?.*\d\d:\d\d\)\n((?:     .*\n)+)", chat, re.MULTILINE):
        yield " ".join(line.strip() for line in found[2].splitlines()), "de" if found[1] else "en"


def test_nothing_that_came_by_itself_in_a_whole_chat_tells_anything() -> None:
    came = [each for file in transcripts() for each in stamped(file.read_text("utf-8"))]

    assert len(came) >= 50
    for words, locale in came:
        assert telling_words(preview(words), locale) == [], words


def test_the_way_out_of_sight_says_nothing_of_why() -> None:
    for locale, voice in HOUSE.voices.items():
        assert telling_words(preview(voice.bubble(Say("hide.done")).html), locale) == []


def test_a_telling_word_would_be_found() -> None:
    assert telling_words(preview("<b>How heavy</b> is a workday?"), "en") == ["heavy", "workday"]
    assert telling_words(preview("Wie schwer war die Arbeit?"), "de") == ["schwer", "arbeit"]
    assert preview("x" * 38 + " burnout says") == "x" * 38 + " burnout"
