"""Makes the weights of `flows.safety.likeness` anew: `python -m tests.safety.practise` (ten minutes).

From what was written to be practised on, in all languages together: explicit and hinting phrases on one side,
everything else on the other. The same phrases always give the same weights. Before it writes them it tells
how each author's phrases fare with weights made without them: that is what somebody unknown can expect.
"""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import exp, sqrt
from pathlib import Path

from bot.catalogue import load_catalogues
from bot.lexicons import LANGUAGES
from bot.likeness import MADE_OF
from flows.safety.likeness import Likeness, features, sentences
from flows.safety.normalising import words_of

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "bot" / "safety_lexicon" / "likeness.tsv"
OWN = "insample"
"""The folder whose phrases were written with the lists: learnt from, and no author to be measured by."""

FOLDERS = ("practice", "examples")
"""Phrases that the lists were written with too, and phrases that nobody who writes lists has seen."""

ASKS_FROM = -0.4
"""Where about one everyday phrase in twenty, by an author it does not know, is asked about."""

ASKED = ("explicit", "oblique")
"""What is to be asked about."""

COUNTS = {"explicit": 1.5, "denial": 2.0}
"""What counts for more than one phrase: the worst to miss, and the rarest that must not be mistaken."""

LABELS = 12.0
"""What one of our own labels counts: there are few, and none may ever be asked about."""

ROUNDS, STEP, FADING, SEEN_AT_LEAST = 15, 0.2, 1e-2, 2

CRISIS = ("crisis", "sos")
"""Labels that speak of the danger itself."""

Phrases = dict[str, list[str]]


@dataclass(frozen=True)
class Example:
    """One phrase; `danger` is 1.0 or 0.0."""

    there: frozenset[str]
    danger: float
    counts: float


def files_of(author: str) -> list[Path]:
    """Return the files of one author: of the lists' own, or "" for the first, "_2" for the second."""
    if author == OWN:
        return sorted((HERE / OWN).glob("*.toml"))
    return [
        path
        for folder in FOLDERS
        for name in LANGUAGES
        if (path := HERE / folder / f"{name}{author}.toml").exists()
    ]


def authors() -> list[str]:
    numbers = {path.stem[2:] for folder in FOLDERS for path in (HERE / folder).glob("*.toml")}
    return [OWN, *sorted(numbers)]


def phrases_of(author: str) -> Phrases:
    found: Phrases = {}
    for path in files_of(author):
        for name, phrases in tomllib.loads(path.read_text("utf-8")).items():
            if isinstance(phrases, list):
                found.setdefault(name, []).extend(phrases)
    return found


def ours() -> list[str]:
    """Return every label of the coach, which people type as answers: none of them is a danger."""
    labels = (each.words.labels for each in load_catalogues().values())
    named = (options for each in labels for prompt, options in each.items() if not prompt.startswith(CRISIS))
    return sorted({label for options in named for label in options.values()})


def made_of() -> str:
    """Return what the weights are made of, in a word: another one when a phrase or the way is another."""
    way = f"{ASKED} {COUNTS} {LABELS} {ROUNDS} {STEP} {FADING} {SEEN_AT_LEAST} {ASKS_FROM}"
    every = b"".join(path.read_bytes() for author in authors() for path in files_of(author))
    return sha256(way.encode() + "\n".join(ours()).encode() + every).hexdigest()[:16]


def examples_in(corpora: Iterable[Phrases]) -> list[Example]:
    """Return everything with the features that occur more than once."""
    found = [
        Example(features(part), float(name in ASKED), COUNTS.get(name, 1.0))
        for corpus in corpora
        for name, phrases in corpus.items()
        for phrase in phrases
        for part in parts_of(phrase, danger=name in ASKED)
    ]
    found += [Example(features(words_of(label).words), 0.0, LABELS) for label in ours()]
    seen = Counter(feature for example in found for feature in example.there)
    often = {feature for feature, times in seen.items() if times >= SEEN_AT_LEAST}
    return [Example(each.there & often, each.danger, each.counts) for each in found]


def parts_of(phrase: str, *, danger: bool) -> Iterator[Sequence[str]]:
    """Yield what is learnt of a phrase: all of it, and where there is no danger each sentence of it too."""
    yield words_of(phrase).words
    if not danger:
        each = [*sentences(words_of(phrase))]
        yield from each if len(each) > 1 else ()


def learnt(examples: Sequence[Example]) -> Likeness:
    """Return weights by logistic regression: small steps per example, smaller where it has learnt much."""
    weights: dict[str, float] = {}
    moved: dict[str, float] = {}
    bias, order = 0.0, [(sorted(each.there), each) for each in examples]
    chance = random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for there, each in order:
            share = 1 / sqrt(len(there) + 1)
            said = bias + share * sum(weights.get(feature, 0.0) for feature in there)
            off = (1 / (1 + exp(-said)) - each.danger) * each.counts
            bias -= STEP / 10 * off
            for feature in there:
                weight = weights.get(feature, 0.0)
                slope = off * share + FADING * weight
                moved[feature] = moved.get(feature, 1e-8) + slope * slope
                weights[feature] = weight - STEP * slope / sqrt(moved[feature])
    rounded = {feature: round(weight, 2) for feature, weight in weights.items()}
    return Likeness({f: w for f, w in rounded.items() if abs(w) >= 0.1}, round(bias, 2), ASKS_FROM)


def share_asked(likeness: Likeness, phrases: Sequence[str]) -> float:
    return sum(likeness.asks(phrase) for phrase in phrases) / len(phrases)


def written(likeness: Likeness) -> str:
    """Return the file: what the weights are, then the heaviest first."""
    head = (
        "how much each word, piece of a word or pair of words speaks for asking (flows/safety/likeness.py)",
        f"{MADE_OF}: {made_of()} (python -m tests.safety.practise)",
        "reviewed by: nobody yet",
        f"bias: {likeness.bias}",
        f"asks from: {likeness.asks_from}",
    )
    ordered = sorted(likeness.weights.items(), key=lambda each: (-each[1], each[0]))
    return "".join([*(f"# {line}\n" for line in head), *(f"{w:.2f}\t{f}\n" for f, w in ordered)])


def main() -> None:
    corpora = {author: phrases_of(author) for author in authors()}
    for left_out in authors():
        if left_out == OWN:
            continue
        known = learnt(examples_in(corpus for author, corpus in corpora.items() if author != left_out))
        told = (f"{name} {share_asked(known, each):.1%}" for name, each in corpora[left_out].items())
        print(f"author {left_out or '_1'}, asked about without knowing them: {', '.join(told)}")
    FILE.write_text(written(learnt(examples_in(corpora.values()))), "utf-8")


if __name__ == "__main__":
    main()
