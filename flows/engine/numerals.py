"""Numbers in what people type: in digits of any script, in words, as "7/10", or as the place of an option."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from flows.engine.small_words import AROUND_A_NUMBER, AROUND_A_PLACE, ORDINALS
from flows.engine.spelling import ascii_digits, plain_keeping_sign, words_of
from flows.engine.words import Words

_NUMBER = re.compile(r"(?<![\w.,])-?\d{1,6}(?:[.,]\d{1,2})?(?!\w|[.,]\d)")
_ISH = re.compile(r"(?<=\d)\s*-?\s*ish\b")
_FRACTION = re.compile(r"\d\s*/\s*\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_PLACE = re.compile(r"(\d{1,6})(?:st|nd|rd|th|te|ter|tes|ten)?")


def numbers(text: str, words: Words, out_of: int = 10) -> tuple[float, ...]:
    """Return the different numbers a text names, in digits of any script or in words.

    "7/10" and "7 out of 10" name one number. A minus sign counts: "-3" is minus three.
    """
    found = _NUMBER.findall(_in_digits(text, words, out_of))
    return tuple(dict.fromkeys(float(number.replace(",", ".")) for number in found))


def says_more_than_a_number(text: str, words: Words, out_of: int = 10) -> bool:
    """Return whether a number in the text may count something else: "10" does not, "10 hours" does."""
    said = _in_digits(text, words, out_of)
    odd = any(not word.isdigit() and word not in AROUND_A_NUMBER for word in words_of(said))
    return odd or _FRACTION.search(said) is not None


def place(text: str, words: Words) -> int | None:
    """Return the option that a text names by its place: "2", "two", "the second one", "option 2", "2nd".

    None when it says anything else. What is no place, such as 0 or -3, is returned as it is.
    """
    said = [word for word in words_of(text) if word not in AROUND_A_PLACE]
    if len(said) > 1 and said[-1] in ("one", "1"):
        said.pop()
    if len(said) != 1:
        return None
    (word,) = said
    if word in ORDINALS:
        return ORDINALS[word]
    digits = _PLACE.fullmatch(word)
    if digits is None:
        return number_words(words).get(word)
    sign = -1 if plain_keeping_sign(text).startswith("-") else 1
    return sign * int(digits[1])


def at_place(number: int, codes: tuple[str, ...]) -> str | None:
    """Return the option at a place counted from 1, None where there is none."""
    return codes[number - 1] if 1 <= number <= len(codes) else None


def number_words(words: Words) -> Mapping[str, int]:
    """Return the number words of a locale, spelt as `words_of` leaves them."""
    return _respelt(tuple(words.numbers.items()))


@lru_cache(maxsize=64)
def _respelt(numbers: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    return {"".join(words_of(word)): number for word, number in numbers}


def _in_digits(text: str, words: Words, out_of: int) -> str:
    """The text with its number words as digits, and "7 of 10" as 7."""
    known = number_words(words)

    def digits_of(match: re.Match[str]) -> str:
        number = known.get("".join(words_of(match[0])))
        return match[0] if number is None else str(number)

    said = _LETTERS.sub(digits_of, _ISH.sub("", ascii_digits(plain_keeping_sign(text))))
    return re.sub(rf"(\d)\s*(?:/|out of|of|von|aus|de|sur|из)\s*{out_of}\b(?!\s*[.,/]\d)", r"\1", said)
