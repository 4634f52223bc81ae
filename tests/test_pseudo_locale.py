"""Every visible word comes from a prompt: in a language that brackets all of them nothing else is seen.

Outside the brackets only these may stand: the person's own words, numbers and signs, and the help lines of
the person's country. Names of places and days come from CLDR and are bracketed as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape

import pytest
from markupsafe import Markup

from bot.channels.terminal import Terminal
from bot.parcels import Kind, Parcel
from bot.rendering import Bubble, Voice
from flows.engine.answers import Value
from flows.engine.say import CountryName, Day, Fact, OnDay, ZoneName
from flows.reply import Reply
from tests.coach.given import HOUSE, PURPOSE, Chat, a_stranger, somebody

OWN = "ZZ my own words, <b>as they are</b> & {{ so }}"
"""What this person writes."""

NAMES = {
    "Germany",
    "Berlin",
    "United States",
    "Canada",
    "Vancouver",
    "New York",
    "Monday",
    "March",
    "February",
}
NOT_WORDS = re.compile(r"<[^>]*>|\{[{%].*?[%}]\}", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]+")


def bracketed(text: str) -> str:
    """The text with each piece of words in brackets; tags, facts and decisions stay what they are."""
    pieces = NOT_WORDS.split(text)
    between = NOT_WORDS.findall(text)
    marked = (f"\u27e6{piece}\u27e7" if LETTERS.search(piece) else piece for piece in pieces)
    return "".join(piece for pair in zip(marked, [*between, ""], strict=True) for piece in pair)


def without_brackets(text: str) -> str:
    return re.sub(r"\u27e6[^\u27e6\u27e7]*\u27e7", "", text)


class Bracketing(Voice):
    """A voice that brackets what CLDR adds: names of places and days, and the "and" of a list."""

    def _fact(self, fact: Fact) -> object:
        said = super()._fact(fact)
        return anew(said) if isinstance(fact, CountryName | ZoneName | Day | OnDay) else said

    def _listed(self, value: object) -> object:
        said = super()._listed(value)
        return anew(said) if isinstance(value, list) else said


def anew(said: object) -> Markup:
    return Markup(bracketed(str(said).translate({ord("\u27e6"): "", ord("\u27e7"): ""})))


CATALOGUES = {locale: voice.catalogue.reworded(bracketed) for locale, voice in HOUSE.voices.items()}
VOICES = {locale: Bracketing(catalogue) for locale, catalogue in CATALOGUES.items()}
COACH = replace(HOUSE.coach, words={locale: catalogue.words for locale, catalogue in CATALOGUES.items()})


def helpline_words() -> set[str]:
    """Names and ways of the help lines: they are what they are in every language."""
    lines = [line for country in HOUSE.coach.helplines.values() for line in (*country.lines, *country.youth)]
    return {
        word
        for line in lines
        for part in (line.name, line.text, line.hours)
        for word in LETTERS.findall(part)
    }


KNOWN = {*LETTERS.findall(OWN), *helpline_words()}


def visible(bubble: Bubble) -> Iterator[str]:
    yield unescape(re.sub(r"</?[a-z][^>]*>", "", bubble.html))
    yield from (key.words for row in bubble.rows for key in row)


def strays(reply: Reply, locale: str = "en") -> set[str]:
    """Visible words that no prompt has."""
    voice = VOICES[locale]
    texts = [text for bubble in voice.bubbles(reply.says) for text in visible(bubble)]
    texts += [key.words for row in voice.rows(reply.redraw.buttons if reply.redraw else ()) for key in row]
    texts += [voice.plain(fact) for fact in (reply.toast, reply.chosen) if fact is not None]
    return {word for text in texts for word in LETTERS.findall(without_brackets(text))} - KNOWN


def through_everything(chat: Chat) -> None:
    """Visit whatever a person can visit, in the middle of the questions and after them."""
    for command in (
        "help",
        "settings",
        "privacy",
        "sos",
        "answers",
        "map",
        "pause",
        "continue",
        "nonsense",
        "why",
    ):
        chat.commands(command)
    for kind in ("voice", "photo", "sticker", "location"):
        chat.sends(kind)
    for aside in ("language", "country", "clock", "erase", "restart"):
        chat.commands(aside)
        chat.says("?")
        chat.says("something else entirely")
        chat.says("one more thing that fits nothing")
        chat.taps("no" if aside in ("erase", "restart") else "~skip")
        chat.commands("later")


def a_whole_life(situation: str | None = "employed", country: str = "DE", **answers: Value) -> Chat:
    """Somebody from the first word to the map and beyond, with everything that can be met on the way."""
    chat = somebody(situation, country=country, coach=COACH)
    through_everything(chat)
    for name, value in {**PURPOSE, "O1": OWN, **answers}.items():
        if chat.person.foreground is None or name != chat.foreground.state:
            continue
        for slip in ("?", "not an answer at all", "7 8 9", "99", "1.5"):
            if name != "O1":
                chat.says(slip)
        chat.gives(value)
    rest = {**PURPOSE, **answers}
    while chat.person.foreground is not None:
        chat.gives(rest.get(chat.foreground.state))
    through_everything(chat)
    return chat


LIVES: Mapping[str, tuple[str | None, str, dict[str, Value]]] = {
    "purpose": ("employed", "DE", {}),
    "load": ("self", "US", {"V1": 0, "K2": 4, "CF1": 1, "CF2": 7, "O4": "busy", "R3": "never"}),
    "people": ("leave", "DE", {"V1": 0, "E1": 4, "CF2": 6, "CF4": 1, "O7": ("sleep", "loss"), "O2": 9}),
    "role": ("student", "DE", {"V1": 0, "D1": 4, "CF2": 6, "CF5": 1, "O3": "always", "I1": 4}),
    "light": ("carer", "DE", {"O2": 1, "O3": "lt1", "pace": "short"}),
    "nothing lifts": ("between", "DE", {"CF1": 7, "CF2": 7, "CF4": 7, "CF5": 7, "O3": "gt2", "O4": "events"}),
    "left open": (None, "DE", dict.fromkeys(PURPOSE)),
}


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("locale", sorted(VOICES))
def test_every_visible_word_of_a_chat_comes_from_a_prompt(life: str, locale: str) -> None:
    situation, country, answers = LIVES[life]

    chat = a_whole_life(situation, country, **answers)

    assert len(chat.replies) > 60
    assert {word for reply in chat.replies for word in strays(reply, locale)} == set()


def a_return() -> Chat:
    chat = somebody(coach=COACH).waits(days=3)
    chat.says(OWN)
    chat.taps("yes")
    chat.says("7")
    chat.waits(days=4)
    chat.says("hello again")
    chat.commands("continue", "now")
    chat.commands("change", "O2")
    chat.says("back")
    chat.edits(f"{OWN} so", 1)
    return chat


def a_refusal() -> Chat:
    chat = a_stranger(coach=COACH)
    for step in ("en", "yes", "no"):
        chat.commands("start") if not chat.replies else None
        chat.gives(step)
    chat.says("hello?")
    chat.says("no")
    return chat


def a_goodbye() -> Chat:
    chat = a_stranger(coach=COACH)
    chat.commands("start")
    chat.gives("en")
    chat.says("why")
    chat.says("skip")
    chat.gives("no")
    return chat


def changes_of_mind() -> Chat:
    chat = somebody(coach=COACH)
    chat.answers(**{**PURPOSE, "O1": OWN})
    for question, value in (("O3", "gt2"), ("O1", "words as they are"), ("CF0", 5)):
        chat.commands("change", question)
        chat.gives(value)
    chat.taps("keep")
    chat.says("my own words, as they are")
    chat.taps("yes")
    chat.says("thanks")
    chat.commands("restart")
    chat.taps("yes")
    chat.commands("erase")
    chat.taps("yes")
    return chat


@pytest.mark.parametrize("chat", [a_return, a_refusal, a_goodbye, changes_of_mind])
def test_every_word_of_the_other_ways_comes_from_a_prompt(chat: object) -> None:
    assert callable(chat)
    there: Chat = chat()

    assert {word for reply in there.replies for word in strays(reply)} == set()


def test_words_that_come_from_no_prompt_are_found() -> None:
    """The test above can fail: a text in the code would stand outside of the brackets."""
    chat = somebody(coach=COACH)
    reply = chat.replies[-1]
    smuggled = replace(
        reply.says[-1], foot=replace(reply.says[-1], prompt="map.began", facts={"words": "Hardcoded"})
    )

    assert strays(replace(reply, says=(smuggled,))) == {"Hardcoded"}


async def test_the_terminal_adds_no_words_of_its_own() -> None:
    printed: list[str] = []
    terminal = Terminal(printed.append)
    chat = a_whole_life()

    for reply in chat.replies:
        for bubble in VOICES["en"].bubbles(reply.says):
            await terminal.deliver(Parcel(Kind.QUESTION, 1, bubble.html, bubble.rows))

    together = re.sub(r"\s+", " ", " ".join(line.replace("bot> ", " ") for line in printed))
    assert set(LETTERS.findall(without_brackets(together))) - KNOWN == set()
