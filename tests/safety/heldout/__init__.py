"""What people might type, per language, to measure what the safety floor misses. No source of patterns."""

from __future__ import annotations

import tomllib
from pathlib import Path

LANGUAGES = ("en", "de", "es", "fr", "ru")


def held_out(language: str) -> dict[str, tuple[str, ...]]:
    """The lists of one language by name, as typed. An unknown language raises FileNotFoundError."""
    lists = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))
    return {name: tuple(phrases) for name, phrases in lists.items()}
