"""Reads the safety lists, one file a language; what cannot be read stops the start, never a conversation."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from flows.safety.lexicon import SECTIONS, UNSURE, Lexicon, Lexicons, Rule, Section
from flows.safety.normalising import spellings
from flows.safety.notation import Lists, NotationError, Pattern, Word, read_lists, read_pattern

LANGUAGES = ("en", "de", "es", "fr", "ru")
NOBODY_YET = "nobody yet"
WRITTEN: tuple[Section, ...] = tuple(section for section in SECTIONS if section != UNSURE)
"""The tables of a file; what is unsure stands under `unsure` in the families of `explicit`."""


class LexiconError(ValueError):
    """A list cannot be read; the message names the language, the list and the pattern."""


@cache
def lexicons() -> Lexicons:
    """Return the shipped lists of all languages, read once."""
    folder = files("bot") / "safety_lexicon"
    return Lexicons.of(read_lexicon(name, (folder / f"{name}.toml").read_text("utf-8")) for name in LANGUAGES)


def read_lexicon(language: str, text: str) -> Lexicon:
    """Return the lists that a TOML text holds. Raises LexiconError."""
    try:
        raw = tomllib.loads(text)
        if unknown := set(raw) - {*WRITTEN, "version", "reviewed_by", "me", "small", "lists"}:
            raise LexiconError(f"{language}: no list is called {', '.join(sorted(unknown))}")
        lists = read_lists(raw["lists"])
        rules = {section: tuple(_rules(section, raw[section], lists)) for section in WRITTEN}
        rules[UNSURE] = tuple(_rules("explicit", raw["explicit"], lists, UNSURE))
        me = tuple(Word(spelt) for word in raw["me"] for spelt in spellings(word))
        small = frozenset(spelt for word in raw["small"] for spelt in spellings(word))
        return Lexicon(language, raw["version"], raw["reviewed_by"], me, small, rules)
    except (KeyError, tomllib.TOMLDecodeError) as problem:
        raise LexiconError(f"{language}: {problem}") from problem
    except NotationError as problem:
        raise LexiconError(f"{language}, {problem}") from problem


def unreviewed(all_of_them: Lexicons) -> tuple[str, ...]:
    """Return the languages whose lists no native speaker and clinician has signed off (C11)."""
    return tuple(one.language for one in all_of_them.each if one.reviewed_by == NOBODY_YET)


def _rules(
    section: Section, families: Mapping[str, Any], lists: Lists, under: str = "says"
) -> Iterator[Rule]:
    """A family of patterns has a note that says what it is about; without one it cannot be reviewed."""
    for family, entry in families.items():
        name = f"{section}.{family}"
        if not entry["note"]:
            raise LexiconError(f"{name} has no note")
        known = {"note", "says", *((UNSURE,) if section == "explicit" else ())}
        if unknown := set(entry) - known:
            raise LexiconError(f"{name} has no {', '.join(sorted(unknown))}")
        for written in {UNSURE: (), **entry}[under]:
            yield Rule.of(name, _read(name, written, lists))


def _read(name: str, written: str, lists: Lists) -> Pattern:
    try:
        return read_pattern(written, lists)
    except NotationError as problem:
        raise NotationError(f"{name}: {problem}") from problem
