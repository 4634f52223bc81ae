"""One way to write a place name, so that two spellings of it compare equal."""

import re
import unicodedata

_LETTERS = {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "&": " and "}
_DROPPED = re.compile("[\u0300-\u036f.'`´·\u02bb\u02bc\u2018\u2019\u200b-\u200f\ufe0e\ufe0f]+")
_BETWEEN = re.compile(r"[ \t\r\v\f\u2010-\u2015,;:!?()\[\]{}\"«»„“”*_+=<>|\\/…、。-]+")


def folded(text: str) -> str:
    """Lower case, no accents, dots or apostrophes, one space between words. Lines stay lines."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    for letter, plain in _LETTERS.items():
        bare = bare.replace(letter, plain)
    return _BETWEEN.sub(" ", _DROPPED.sub("", bare)).strip(" ")
