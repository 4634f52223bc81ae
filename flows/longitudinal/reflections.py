"""The one question of a week that is not a number: which of the rotating set a person is asked.

The set grew from the ideas of assessment.md A1; its words are the prompts `reflections.*`. Choosing is pure:
the same person in the same week is always asked the same, and nothing within ten weeks of having met it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2s

from flows.assessment.explanations import Explanation
from flows.assessment.sittings import CONFUSABLE
from flows.diary import Diary, DrawnMap, Week
from flows.longitudinal.reflection_set import LAYERS, PROMPTS, Prompt
from flows.person import Person

REST = timedelta(weeks=10)
"""How long a question that was met is not asked again."""

LATELY = timedelta(weeks=2)
"""How far back the week may lie whose changes are asked about."""

WITHOUT_WORK = frozenset({"leave", "between", "student", "carer"})
"""Situations (BR10) in which nothing is asked that needs a workplace."""

BESIDE_HARM = frozenset({"counter", "reshape", "pride"})
"""What is not asked of somebody who was harmed: nothing talks that down, or asks to make it work (BR5)."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a question may fit: explanations by code, the kind of the running trial, the stage (v4), and what
    changed in the last week. `works`: there is a workplace to ask about.
    """

    lead: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()
    trial: str = ""
    stage: str = ""
    changes: frozenset[str] = frozenset()
    works: bool = True
    harmed: bool = False


def chosen(person: Person, monday: date) -> str:
    """Return the name of the question for the week that begins on this Monday."""
    weeks = [week for week in person.diary.weeks if week.monday < monday]
    there = circumstances(person, monday)
    fitting = [prompt for prompt in PROMPTS if weight(prompt, there)]
    fresh = [prompt for prompt in fitting if prompt.name not in _met(weeks, monday)]
    last = next((week.prompt for week in reversed(weeks) if week.prompt), "")
    other = [prompt for prompt in fresh if prompt.gives != _gives(last)]
    return max(other or fresh, key=lambda prompt: _draw(person.seed, monday, prompt, there)).name


def circumstances(person: Person, monday: date) -> Circumstances:
    """Return what the questions of this week have to fit."""
    diary = person.diary
    drawn = None if diary.parked else diary.map
    return Circumstances(
        lead=frozenset(drawn.lead) if drawn else frozenset(),
        rivals=frozenset(_rivals(drawn)) if drawn else frozenset(),
        trial=diary.trial.kind if diary.trial and person.situation != "leave" else "",
        stage=_answer(diary, "v4"),
        changes=frozenset(_changes(diary.weeks, monday)),
        works=person.situation not in WITHOUT_WORK,
        harmed=was_harmed(diary),
    )


def was_harmed(diary: Diary) -> bool:
    """Return whether the latest map rests on harm that was ticked (e1, last group)."""
    return _answer(diary, "e1") == "3"


def weight(prompt: Prompt, there: Circumstances) -> int:
    """Return how well a question fits: 0 not at all, 1 as it fits anybody, more when it is about them."""
    if not (prompt.anywhere or there.works):
        return 0
    if there.harmed and (prompt.gives in BESIDE_HARM or "IRR" in prompt.layers):
        return 0
    if prompt.is_for_anybody:
        return 1
    about_them = (
        4 * bool(there.changes & prompt.after),
        4 * (there.trial in prompt.trials),
        3 * (there.stage in prompt.stages),
        3 * bool(there.lead & prompt.layers),
        2 * bool(there.rivals & prompt.layers),
    )
    return max(about_them)


def _rivals(drawn: DrawnMap) -> Iterator[str]:
    """The secondary layers and what the lead is taken for most easily; without a lead the two strongest."""
    by_points = sorted(LAYERS, key=lambda layer: -drawn.points.get(layer, 0.0))
    if not drawn.lead:
        yield from by_points[:2]
        return
    yield from drawn.layers
    confusable = {str(each) for each in CONFUSABLE[Explanation(drawn.lead[0])]}
    yield from [layer for layer in by_points if layer in confusable][:1]


def _answer(diary: Diary, item: str) -> str:
    return str(diary.map.answers.get(item, "")) if diary.map else ""


def _changes(weeks: tuple[Week, ...], monday: date) -> tuple[str, ...]:
    before = [week for week in weeks if monday - LATELY <= week.monday < monday]
    return before[-1].changes if before else ()


def _met(weeks: list[Week], monday: date) -> set[str]:
    return {week.prompt for week in weeks if monday - week.monday <= REST}


def _gives(name: str) -> str:
    return next((prompt.gives for prompt in PROMPTS if prompt.name == name), "")


def _draw(seed: int, monday: date, prompt: Prompt, there: Circumstances) -> float:
    """A lottery that always ends the same: each question's own number, raised by how well it fits.

    With u even in (0, 1), the largest u ** (1 / weight) is each one's in proportion to its weight
    (Efraimidis and Spirakis 2006).
    """
    digest = blake2s(f"{seed}:{monday.isoformat()}:{prompt.name}".encode(), digest_size=8).digest()
    even = (int.from_bytes(digest) + 1) / (2**64 + 2)
    return float(even ** (1 / weight(prompt, there)))
