"""Item ids and answer codes of the item bank. They are fixed, so that results can be compared over time.

Sources: assessment A3 (items), A5 (what-ifs), A2 (what the sketch asks). Codes stand in the bank's order.
Those without a name in the bank are named here: `unknown` for "don't know" (e3, CF8), `no` (e3, i3). FIT is
the check question after a map that does not fit (A8).
"""

from collections.abc import Mapping
from types import MappingProxyType

SIGNS = (
    *("K1", "K2", "K3", "K4"),
    *("E1", "E2", "E3", "E4"),
    *("V1", "V2", "V3", "V4"),
    *("D1", "D2", "D3", "D4"),
    *("I1", "I2", "I3"),
)

WHAT_IFS = ("CF1", "CF2", "CF3", "CF3b", "CF3c", "CF4", "CF5", "CF6", "CF7")

SCALES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "O2": (0, 10),
        "O6": (0, 4),
        **dict.fromkeys(SIGNS, (0, 4)),
        **dict.fromkeys(("CF0", *WHAT_IFS), (0, 10)),
        "R2": (0, 10),
    }
)
"""Items answered with a number: the least and the most."""

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "O3": ("lt1", "1-6", "6-24", "gt2", "always"),
        "O4": ("events", "busy", "most", "daily"),
        "O5": ("a", "b", "c", "d", "e", "f"),
        "c1": ("0", "1", "2", "3"),
        "c2": ("0", "1"),
        "c3": ("temp", "standing"),
        "c4": ("0", "1", "2"),
        "c5": ("low", "ok"),
        "e1": ("0", "1", "2", "3"),
        "e2": ("weekly", "monthly", "rarely"),
        "e3": ("yes", "no", "unknown"),
        "e4": ("one", "org"),
        "v2": ("some", "none"),
        "v3": ("direct", "enable", "logo"),
        "v4": ("1", "2", "3", "4", "5"),
        "v5": ("onlypay", "other"),
        "d1": ("0", "1", "2", "3"),
        "d2": ("drift", "chose"),
        "d3": ("every", "here", "na"),
        "d4": ("current", "other"),
        "i1": ("small", "big"),
        "i2": ("month", "half", "long"),
        "i3": ("event", "no"),
        "CF8": ("stay", "else", "otherrole", "craft", "entire", "rest", "unknown"),
        "CF9": ("cause", "people", "load", "both"),
        "F1": ("purpose", "tasks"),
        "R3": ("days", "2w", "2-6w", "6w+", "notback", "never", "nobreak"),
        "R4": ("heavy", "ord", "light"),
        "FIT": ("CAP", "ENV", "VAL", "IDN", "IRR", "other"),
    }
)
"""Items answered with one of a few codes."""

SKETCH = frozenset(
    (
        *("O2", "O3", "O4", "O5", "O6", "O7"),
        *("K2", "E1", "V1", "D1", "I1"),
        *("CF0", "CF1", "CF2", "CF4", "CF5"),
        *("R3", "R4"),
    )
)
"""The 18 taps of the first sitting."""

DEEPER = (frozenset(SCALES) | frozenset(CHOICES)) - SKETCH - {"FIT"}
"""What the inventory and the tests ask on top of the sketch. Saying that a map does not fit is no sitting."""

TRIAL_KINDS = (
    "rest",
    "load",
    "support",
    "pay",
    "skill",
    "people",
    "fix",
    "purpose",
    "role",
    "employer",
    "newrole",
)
"""The rows of the table of trials (A7), in its order."""
