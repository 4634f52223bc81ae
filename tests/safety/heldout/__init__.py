"""What people might type, per language, to measure what the safety floor misses. No source of patterns."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from bench.safety import lists_in


def of_work(language: str) -> list[str]:
    """What people come here to say, that their work is empty or too much, if somebody has written it down."""
    path = Path(__file__).parent / f"work_{language}.toml"
    return lists_in(path)["everyday"] if path.exists() else []


def folded(phrase: str) -> str:
    """Two phrases that fold alike are one: case, spaces, apostrophes and marks at the end do not count."""
    plain = unicodedata.normalize("NFKC", phrase).casefold().replace("\u2019", "'")
    return " ".join(plain.split()).rstrip(" .!?…")
