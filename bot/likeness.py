"""Reads the weights of `flows.safety.likeness`: a line a feature, below a head.

A line: what it adds to beginning, what to asking, and the feature; the heaviest for beginning first.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from flows.safety.likeness import Bounds, Likeness, Sums

FILE = "safety_lexicon/likeness.tsv"
MADE_OF = "made of"
HEAD = ("bias of asking", "bias of beginning", "asks from", "settles from", "begins from")
"""The numbers that stand above the weights, in this order."""


class LikenessError(ValueError):
    """The file cannot be read; the message names the line."""


@cache
def likeness() -> Likeness:
    """Return the shipped weights, read once. Raises LikenessError."""
    return read_likeness(text_of_file())


def text_of_file() -> str:
    """Return the file as it is."""
    return (files("bot") / FILE).read_text("utf-8")


def read_likeness(text: str) -> Likeness:
    """Return the weights that a text holds. Raises LikenessError."""
    head: dict[str, str] = {}
    weights: dict[str, Sums] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            if line.startswith("# "):
                name, _, value = line[2:].partition(": ")
                head[name] = value
            else:
                begins, asks, feature = line.split("\t")
                weights[feature] = _sums(asks, begins)
        except ValueError:
            raise LikenessError(f"{FILE}, line {number}: not two weights and a feature") from None
    try:
        numbers = {name: float(head[name]) for name in HEAD}
    except (KeyError, ValueError) as missing:
        raise LikenessError(f"{FILE}: the head has no number for {missing}") from None
    asks_bias, begins_bias, *bounds = numbers.values()
    return Likeness(weights, Sums(asks_bias, begins_bias), Bounds(*bounds))


@cache
def _sums(asks: str, begins: str) -> Sums:
    """Return the same pair for all features that weigh the same: there are a hundred thousand of them."""
    return Sums(float(asks), float(begins))
