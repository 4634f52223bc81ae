"""The typefaces of a page: Noto Sans, which is ours, and DejaVu Sans for further scripts, from matplotlib.

Both may be embedded: SIL Open Font License (bot/pictures/fonts/OFL.txt) and the licence of DejaVu.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

from bot.packets.letters import Alphabet


@dataclass(frozen=True, slots=True)
class Typeface:
    """One typeface in its two weights, and the letters that both have."""

    family: str
    regular: Path
    bold: Path
    alphabet: Alphabet


@cache
def typefaces() -> tuple[Typeface, ...]:
    """Return the typefaces, the house's own first. Read once; matplotlib itself is not imported."""
    ours = Path(str(files("bot.pictures"))) / "fonts"
    package = find_spec("matplotlib")
    if package is None or package.origin is None:
        raise FileNotFoundError("matplotlib, which brings a typeface along, is not installed")
    theirs = Path(package.origin).parent / "mpl-data" / "fonts" / "ttf"
    return (
        _read("Noto Sans", ours / "NotoSans-Regular.ttf", ours / "NotoSans-Bold.ttf"),
        _read("DejaVu Sans", theirs / "DejaVuSans.ttf", theirs / "DejaVuSans-Bold.ttf"),
    )


def _read(family: str, regular: Path, bold: Path) -> Typeface:
    return Typeface(family, regular, bold, _letters(regular) & _letters(bold))


def _letters(file: Path) -> Alphabet:
    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
