"""Short names that a person can read out: of themselves, for whoever runs Tare, and of an invitation.

Crockford's base 32: no letter looks like a digit, and one that does in somebody's handwriting is understood.
"""

from __future__ import annotations

import re
import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})

BYTES = 5
"""Of the keyed hash that finds a person. 40 bits: among ten million people two share them once in 100,000."""

REFERENCE_LETTERS = 8

CODE_LETTERS = 12
"""Of an invitation: 60 bits, so that nobody finds one by trying."""


def reference_of(lookup: bytes) -> str:
    """Return how a person is called without saying who they are: "7K3M-Q0XZ"."""
    return _grouped(_spelt(int.from_bytes(lookup[:BYTES], "big"), REFERENCE_LETTERS))


def beginning_of(reference: str) -> bytes | None:
    """Return the beginning of the lookup that a reference stands for, None when it is no reference."""
    letters = _letters(reference, REFERENCE_LETTERS)
    if letters is None:
        return None
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number.to_bytes(BYTES, "big")


def fresh_code() -> str:
    """Return a new invitation, made by chance; it may stand in a link as it is."""
    return _grouped("".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS)))


def code_in(words: str) -> str | None:
    """Return the invitation that somebody typed or brought along in a link, None when it is none."""
    letters = _letters(words, CODE_LETTERS)
    return None if letters is None else _grouped(letters)


def _letters(words: str, many: int) -> str | None:
    """Read letters as they are typed: small ones, with blanks or dashes anywhere."""
    if len(words) > 2 * many:
        return None
    letters = re.sub(r"[\s-]", "", words).upper().translate(READ_AS)
    return letters if len(letters) == many and set(letters) <= set(LETTERS) else None


def _spelt(number: int, many: int) -> str:
    letters = []
    for _ in range(many):
        number, digit = divmod(number, len(LETTERS))
        letters.append(LETTERS[digit])
    return "".join(reversed(letters))


def _grouped(letters: str) -> str:
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))
