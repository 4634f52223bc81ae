"""Makes the weights of `flows.safety.likeness` anew: `python -m tests.safety.practise` (ten minutes).

Two logistic regressions over the same features of the same phrases, in all languages together: what is to be
asked about on one side, everything else on the other; then what is explicit. The same phrases give the same
weights. Before it writes them it tells how each author's phrases fare with weights made without them: that is
what somebody unknown can expect, from likeness alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.likeness import HEAD, MADE_OF
from flows.safety.likeness import Bounds, Likeness, Sums, features, share_of
from flows.safety.normalising import words_of
from tests.safety.phrases import HERE, Phrases, authors, made_of, ours, own, phrases_in

FILE = HERE.parents[1] / "bot" / "safety_lexicon" / "likeness.tsv"

BOUNDS = Bounds(asks=1.2, settles=0.2, begins=1.2)
"""Where, of everyday phrases by an author it does not know, about one in twenty is asked about and one in a
hundred begins the protocol.
"""

ASKED = frozenset({"explicit", "oblique"})
BEGUN = frozenset({"explicit"})

COUNTS = {"everyday": 2.0}
"""What counts for more than one phrase: most of what people write is like these."""

HINTS = 0.3
"""What a hint counts for when explicit words are told from everything else: less, for it borders on them."""

LABELS = 12.0
"""What one of our own labels counts: there are few, and none may ever be asked about."""

LEAN, SEEN_AT_LEAST, HEAVY_ENOUGH = 10.0, 3, 0.3
"""How freely weights grow, how often a feature must be seen, and what it must weigh to be kept."""

FOLDS = 8
ROUNDS = 300


@dataclass(frozen=True)
class Example:
    """One phrase, or label of ours, with its features by kind."""

    name: str
    there: tuple[frozenset[str], ...]


class Learnt(NamedTuple):
    """The weight of each feature, and where the sum starts."""

    weights: dict[str, float]
    bias: float


def examples_in(corpora: Iterable[Phrases]) -> list[Example]:
    """Return everything that is learnt from, our own labels with it."""
    phrases = ((name, text) for lists in corpora for name, texts in lists.items() for text in texts)
    every = (*phrases, *(("label", label) for label in ours()))
    return [Example(name, features(words_of(text).words)) for name, text in every]


def learnt(examples: Sequence[Example], positive: frozenset[str]) -> Learnt:
    """Return weights that tell the positive lists from all others."""
    seen = Counter(feature for each in examples for there in each.there for feature in there)
    column = {
        feature: at for at, feature in enumerate(f for f, times in seen.items() if times >= SEEN_AT_LEAST)
    }
    counts = {**COUNTS, "label": LABELS, "oblique": 1.0 if "oblique" in positive else HINTS}
    model: Any = LogisticRegression(C=LEAN, max_iter=ROUNDS)
    model.fit(
        table(examples, column),
        [each.name in positive for each in examples],
        sample_weight=[counts.get(each.name, 1.0) for each in examples],
    )
    weights = (round(float(weight), 1) for weight in model.coef_[0])
    return Learnt(dict(zip(column, weights, strict=True)), round(float(model.intercept_[0]), 2))


def table(examples: Sequence[Example], column: dict[str, int]) -> csr_matrix:
    """Return examples x features: the share that each has in its kind (`Likeness.of`)."""
    shares: list[float] = []
    columns: list[int] = []
    ends = [0]
    for example in examples:
        for there in example.there:
            known = [column[feature] for feature in there if feature in column]
            columns += sorted(known)
            shares += [share_of(there)] * len(known)
        ends.append(len(columns))
    return csr_matrix((np.array(shares), columns, ends), shape=(len(examples), len(column)))


def likeness_from(corpora: Iterable[Phrases]) -> Likeness:
    """Learn both weights, and keep what weighs enough in one of them."""
    examples = examples_in(corpora)
    asks, begins = learnt(examples, ASKED), learnt(examples, BEGUN)
    weights = {feature: Sums(asks.weights[feature], begins.weights[feature]) for feature in asks.weights}
    heavy = {feature: both for feature, both in weights.items() if max(map(abs, both)) >= HEAVY_ENOUGH}
    return Likeness(heavy, Sums(asks.bias, begins.bias), BOUNDS)


def way() -> str:
    """Return how it is learnt: weights are made anew when it is done in another way."""
    return f"{BOUNDS} {COUNTS} {HINTS} {LABELS} {LEAN} {SEEN_AT_LEAST} {HEAVY_ENOUGH} {ROUNDS}"


def written(likeness: Likeness) -> str:
    """Return the file: what the weights are, then the heaviest first."""
    numbers = dict(zip(HEAD, (*likeness.bias, *likeness.bounds), strict=True))
    head = (
        "how much each piece of a word, row or pair of words speaks for explicit words, and for asking",
        "(flows/safety/likeness.py)",
        f"{MADE_OF}: {made_of(way())} (python -m tests.safety.practise)",
        "reviewed by: nobody yet",
        *(f"{name}: {number}" for name, number in numbers.items()),
    )
    ordered = sorted(likeness.weights.items(), key=lambda each: (-each[1].begins, -each[1].asks, each[0]))
    lines = (f"{weight.begins:g}\t{weight.asks:g}\t{feature}\n" for feature, weight in ordered)
    return "".join([*(f"# {line}\n" for line in head), *lines])


def told(name: str, likeness: Likeness, lists: Phrases) -> str:
    """Return how the phrases of one author fare."""
    shares = []
    for of, phrases in lists.items():
        like = [likeness.like(phrase) for phrase in phrases]
        begun, asked = (
            sum(each) / len(like) for each in zip(*((one.begins, one.asks) for one in like), strict=True)
        )
        shares.append(f"{of} {begun:.1%} / {asked:.1%}")
    return f"{name}, begins / asks: {', '.join(shares)}"


def main() -> None:
    every = authors()
    for fold in range(FOLDS):
        left_out = every[fold::FOLDS]
        known = likeness_from(phrases_in(path) for path in (*own(), *every) if path not in left_out)
        for path in left_out:
            print(told(path.stem, known, phrases_in(path)), flush=True)
    FILE.write_text(written(likeness_from(map(phrases_in, (*own(), *every)))), "utf-8")


if __name__ == "__main__":
    main()
