"""What people might type, per language, to measure what the safety floor misses. No source of patterns."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

LANGUAGES = ("en", "de", "es", "fr", "ru")


def held_out(language: str) -> dict[str, tuple[str, ...]]:
    """The lists of one language by name, as typed, of both authors. Raises FileNotFoundError without any."""
    lists: dict[str, tuple[str, ...]] = {}
    for author in ("", "_2"):
        path = Path(__file__).parent / f"{language}{author}.toml"
        for name, phrases in tomllib.loads(path.read_text("utf-8")).items():
            lists[name] = (*lists.get(name, ()), *phrases)
    return lists


def of_work(language: str) -> tuple[str, ...]:
    """What people come here to say, that their work is empty or too much, if somebody has written it down."""
    path = Path(__file__).parent / f"work_{language}.toml"
    return tuple(tomllib.loads(path.read_text("utf-8"))["everyday"]) if path.exists() else ()


def folded(phrase: str) -> str:
    """Two phrases that fold alike are one: case, spaces, apostrophes and marks at the end do not count."""
    plain = unicodedata.normalize("NFKC", phrase).casefold().replace("\u2019", "'")
    return " ".join(plain.split()).rstrip(" .!?…")
