"""What typed words mean in the protocol. Where a yes or a no matters nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.engine.spelling import words_of
from flows.engine.tokens import Order, read_token
from flows.engine.understanding import says_label
from flows.engine.words import Words
from flows.reply import Visit
from flows.safety.crisis import QUESTIONS, TAPPED

ALWAYS = {"plan": "ways.plan", "ground": "ways.ground", "draft": "ways.draft", "lines": "ways.lines"}
"""What can be asked for at any time in a crisis, whatever was said last."""

TURNS = frozenset(
    words_of(
        "but though although except sometimes yet maybe always die dead alive live aber nur manchmal obwohl "
        "trotzdem noch vielleicht immer sterben tot leben"
    )
)
"""Words after which a plain no may be none."""

WORK = frozenset(
    words_of(
        "work job boss manager team office meetings deadline arbeit job stelle chef chefin kollegen projekt "
        "besprechungen buro"
    )
)
"""Words of which one has to stand behind a no that has more behind it."""

ONLY_ALONE = {("crisis.ask", "no"), ("crisis.safe", "yes"), ("crisis.safe_now", "with_somebody")}
"""Answers that make the coach less careful: they count only when nothing else is said."""

Phrase = tuple[str, ...]


def open_question(visit: Visit) -> str:
    """Return the question of the protocol that was put last, "" when something else was said since."""
    for prompt, _, token in visit.person.offered:
        order = read_token(token)
        if isinstance(order, Order) and order.name == TAPPED:
            named = prompt or f"crisis.{order.argument.partition('.')[0]}"
            return QUESTIONS.get(named, named)
    return ""


def step_meant(visit: Visit, text: str) -> str:
    """Return the step that a text means as an answer to what was put last, "" when it means none."""
    question, words = open_question(visit), visit.ear.words
    step = dict(_offered(visit)).get(_code(text, question, words), "")
    if step or question != "crisis.safe_now":
        return step
    code = _code(text, "crisis.safe", words)
    return f"safe.{code}" if code in ("no", "unsure") else ""


def step_asked_for(visit: Visit, text: str) -> str:
    """Return the step that a text asks for by its own name, "" when it asks for none.

    Of the way out only the very words of its button count.
    """
    if says_label(text, "crisis.day_after", "go_on", visit.ear.words):
        return "day_after.go_on"
    return ALWAYS.get(_exactly(text, "crisis.ways", visit.ear.words), "")


def _offered(visit: Visit) -> Iterator[tuple[str, str]]:
    for _, code, token in visit.person.offered:
        order = read_token(token)
        if isinstance(order, Order) and order.name == TAPPED:
            yield code, order.argument


def _code(text: str, prompt: str, words: Words) -> str:
    exact = _exactly(text, prompt, words)
    if exact or prompt not in ("crisis.ask", "crisis.safe", "crisis.safe_now"):
        return exact
    return _begun(text, prompt, words)


def _exactly(text: str, prompt: str, words: Words) -> str:
    """Return the code whose label, or one of whose synonyms, the text is."""
    said = words_of(text)
    return next((code for code, phrase in _phrases(prompt, words) if said and phrase == said), "")


def _begun(text: str, prompt: str, words: Words) -> str:
    """Return the code whose words the text begins with, the longest first.

    "Yes, every night" is a yes. A no is one when nothing but work is said behind it: "no, but at night" and
    "no point" are left to be asked again. Being safe, too, is believed only when it stands alone.
    """
    known = sorted(_phrases(prompt, words), key=lambda each: -len(each[1]))
    if prompt == "crisis.ask" and _is_a_no(text, [phrase for code, phrase in known if code == "no"]):
        return "no"
    said = words_of(text)
    for code, phrase in known:
        if phrase and said[: len(phrase)] == phrase:
            return "" if (prompt, code) in ONLY_ALONE else code
    return ""


def _is_a_no(text: str, phrases: Sequence[Phrase]) -> bool:
    first, *rest = (words_of(clause) for clause in re.split(r"[,.;:!\n]+", text))
    behind = {word for clause in rest for word in clause}
    return first in phrases and TURNS.isdisjoint(behind) and not WORK.isdisjoint(behind)


def _phrases(prompt: str, words: Words) -> Iterator[tuple[str, Phrase]]:
    for code, label in words.labels.get(prompt, {}).items():
        yield code, words_of(label)
    for phrase, code in words.also.get(prompt, {}).items():
        yield code, words_of(phrase)
