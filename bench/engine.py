"""What one step of a conversation costs: whole sittings of the sketch, a changed answer, memory."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter

from bench import Figure, at_share, median
from bot.catalogue import load_catalogues
from flows.assessment.sketch import SKETCH
from flows.engine.asking import ask
from flows.engine.conversation import Conversation, as_plain, from_plain
from flows.engine.heard import Wrote
from flows.engine.places import City
from flows.engine.questions import MultiChoice
from flows.engine.say import Label
from flows.engine.stepping import Step, reopen, step
from flows.engine.tokens import Choice, read_token
from flows.engine.words import Ear

NOW = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
SITTINGS = 200
PEOPLE = 1_000


class Nowhere:
    """A gazetteer that knows no place; the sketch asks for none."""

    def countries(self, text: str, locale: str) -> tuple[str, ...]:
        del text, locale
        return ()

    def cities(self, text: str, country: str | None) -> tuple[City, ...]:
        del text, country
        return ()

    def zones(self, country: str) -> tuple[str, ...]:
        del country
        return ()

    def zones_at(self, offset: int, now: datetime, country: str | None) -> tuple[str, ...]:
        del offset, now, country
        return ()


EAR = Ear(load_catalogues()["en"].words, Nowhere(), NOW)


def figures() -> Iterator[Figure]:
    """Measure; the first sittings warm up and do not count."""
    for seed in range(50):
        sat_through(seed, typed=bool(seed % 2))
    yield from _steps("a tap: the answer, and the next question", typed=False, aim="at most 60")
    yield from _steps("typed words: the same", typed=True)
    yield from _changes()
    yield from _stored()
    yield from _memory()


def sat_through(seed: int, *, typed: bool) -> tuple[Conversation, list[float]]:
    """Return a finished sketch, and how long each of its steps took in microseconds."""
    here = Conversation(
        "sketch", SKETCH.version, f"{seed:08x}", SKETCH.start, seed=seed, at=int(NOW.timestamp())
    )
    took: list[float] = []
    while not here.done:
        heard = _answer(here, seed + len(took), typed=typed)
        began = perf_counter()
        turn = step(SKETCH, here, heard, EAR)
        took.append((perf_counter() - began) * 1e6)
        here = turn.conversation
    return here, took


def _answer(here: Conversation, pick: int, *, typed: bool) -> Step:
    """A right answer to the open question: a tap on one of its buttons, or what stands on it."""
    options = [button for button in ask(SKETCH, here, EAR).buttons if not button.aside]
    if not options:
        return Wrote("too much noise, too little time", pick)
    button = options[pick * 7 % len(options)]
    label = button.label
    if typed:
        return Wrote(EAR.words.labels[label.prompt][label.code] if isinstance(label, Label) else str(label))
    tap = read_token(button.token)
    if isinstance(SKETCH.questions[here.state], MultiChoice) or not isinstance(tap, Choice):
        return Choice(here.id, here.seq, here.state, "no")
    return tap


def _steps(what: str, *, typed: bool, aim: str = "") -> Iterator[Figure]:
    took = [one for seed in range(SITTINGS) for one in sat_through(seed, typed=typed)[1]]
    yield Figure(f"{what}, median", median(took), "µs", aim)
    yield Figure(f"{what}, p95", at_share(took, 0.95), "µs")


def _changes() -> Iterator[Figure]:
    """In finished sketches another Monday: asked again, answered, confirmed, and what it reopened opened."""
    took = []
    for seed in range(SITTINGS):
        here, _ = sat_through(seed, typed=False)
        if here.number("CF0") is None:
            continue
        other = str((here.number("CF0") or 0) + 1) if here.number("CF0") != 10 else "9"
        began = perf_counter()
        here = reopen(SKETCH, here, "CF0", EAR).conversation
        here = step(SKETCH, here, Choice(here.id, here.seq, here.state, other), EAR).conversation
        if here.pending:
            step(SKETCH, here, Choice(here.id, here.seq, here.state, "change"), EAR)
        took.append((perf_counter() - began) * 1e6)
    yield Figure("a changed answer, from asking again to going on, median", median(took), "µs")
    yield Figure("a changed answer, from asking again to going on, p95", at_share(took, 0.95), "µs")


def _stored() -> Iterator[Figure]:
    """A finished sketch as it is stored, before encryption."""
    here, took = sat_through(7, typed=False)[0], []
    for _ in range(2_000):
        began = perf_counter()
        from_plain("sketch", json.loads(json.dumps(as_plain(here))))
        took.append((perf_counter() - began) * 1e6)
    yield Figure("a finished sketch to JSON and back, median", median(took), "µs")
    yield Figure("a finished sketch as JSON", len(json.dumps(as_plain(here))), "bytes")


def _memory() -> Iterator[Figure]:
    """What stays in memory of people who are gone: nothing, as the machine of a flow is shared by all."""
    tracemalloc.start()
    for seed in range(PEOPLE // 2):
        sat_through(seed, typed=bool(seed % 2))
    before = _held()
    for seed in range(PEOPLE):
        sat_through(PEOPLE + seed, typed=bool(seed % 2))
    grown = _held() - before
    tracemalloc.stop()
    yield Figure(f"memory kept of {PEOPLE:,} people who are gone", grown / 1024, "KiB", "flat")


def _held() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
