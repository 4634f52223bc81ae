"""Reads the weights of `flows.safety.likeness`: a line a feature, the heaviest first, below a head."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from flows.safety.likeness import Likeness

FILE = "safety_lexicon/likeness.tsv"
MADE_OF = "made of"


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
    weights: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            if line.startswith("# "):
                name, _, value = line[2:].partition(": ")
                head[name] = value
            else:
                weight, feature = line.split("\t")
                weights[feature] = float(weight)
        except ValueError:
            raise LikenessError(f"{FILE}, line {number}: no weight, tab and feature") from None
    try:
        return Likeness(weights, float(head["bias"]), float(head["asks from"]))
    except (KeyError, ValueError) as missing:
        raise LikenessError(f"{FILE}: the head has no number for {missing}") from None
