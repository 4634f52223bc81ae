"""The vocabulary of a map: the five explanations, the blocks of evidence, the words for how sure it is."""

from enum import StrEnum


class Explanation(StrEnum):
    """A layer that may add to the heaviness. Several can be true at once (assessment A2)."""

    CAP = "CAP"  # capacity: load and recovery
    ENV = "ENV"  # harmful environment or culture
    VAL = "VAL"  # the work serves the wrong purpose
    IDN = "IDN"  # the role is wrong for the person
    IRR = "IRR"  # ordinary irritation


class Block(StrEnum):
    """Where evidence comes from. Each is capped on its own, so that no one kind of question decides."""

    LABEL = "S"  # the person's own hunch
    PROFILE = "P"  # how heavy, since when, in what rhythm
    SIGNS = "I"  # statements that fit or do not
    MODULES = "M"  # facts, not feelings
    FORECASTS = "C"  # what if only this one thing changed
    HISTORY = "H"  # rest and past attempts, from memory
    ENERGY = "E"  # the energy log
    TRIALS = "R"  # logged trials


class Word(StrEnum):
    """How sure the map is of an explanation, from nothing to the most that may be said (assessment A8)."""

    NOT_IN_PICTURE = "not_in_picture"
    HINT = "hint"
    LEANING = "leaning"
    FAIRLY_CLEAR = "fairly_clear"
    WELL_SUPPORTED = "well_supported"
