"""What people write of their energy: activities in words of their own, and several entries in one text.

Pure reading: nothing that is written is altered but for blanks, and what cannot be read is told as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from flows.assessment.inventory import ACTIVITIES
from flows.engine.matching import nearest
from flows.engine.small_words import FILLERS, NEGATING
from flows.engine.spelling import is_slip, plain, words_of
from flows.engine.words import Words
from flows.longitudinal.energy_run import ACTIVITY

LEFT_BY: Mapping[str, int] = {"drained": -2, "took": -1, "even": 0, "gave": 1, "energy": 2}
"""How something left somebody (G2), by the code of its button: from drained to full of energy."""

LEFT = "energy.left"
"""The prompt that names the five."""

LONGEST_WORD = 40
"""Letters of an activity in words of one's own; it has to fit on a button."""

LONGEST_TELLING = 600
MOST_TOLD = 12
"""Letters, and entries, that one text may have."""

LONGEST_PHRASE = 4

_SIGNED = re.compile(
    r"^(.*\S)[\s:]+([+\-\u2212\u2013][12]|0|\+{1,2}|-{1,2})$|^([+\-\u2212\u2013][12]|0)[\s:]+(.+)$"
)
_SIGNS = {"++": 2, "+": 1, "-": -1, "--": -2}
_VERY = frozenset(
    words_of("very really so pretty totally completely quite was were sehr echt total ganz voll")
)
_SPEAKING = FILLERS | _VERY | frozenset(words_of("made left has have me hat haben habe mich mir war waren"))
"""What stands between an activity and how it was: "the meeting was really draining"."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as it was read from a text: what, and how it left them. Their words for what was not read."""

    what: str
    left: int | None


def cleaned(text: str) -> str:
    """Return the text with one blank where there were several, and none at its edges."""
    return " ".join(text.split()).strip(" \t,;:.=\u2013\u2014-")


def has_words(text: str) -> bool:
    """Return whether there is a letter or a digit of any script in the text."""
    return any(letter.isalnum() for letter in text)


def activity(text: str, own: Iterable[str], words: Words) -> str:
    """Return the activity that a text means: one of the assessment or of their own, else the text itself.

    A near miss counts: "meeting" is "Meetings", "codng" is the "coding" that was typed last week.
    """
    labels = words.labels.get(ACTIVITY, {})
    known = {code: labels[code] for code in ACTIVITIES if code in labels}
    found = words.also.get(ACTIVITY, {}).get(plain(text)) or nearest(text, known, words)
    return found or _of_their_own(text, own) or text


def only_feels(text: str, words: Words) -> bool:
    """Return whether a text says how something left them, and not what."""
    said = tuple(word for word in words_of(text) if word not in _SPEAKING)
    return len(text) <= LONGEST_WORD and (said in _feelings(words) or words_of(text) in _feelings(words))


def _of_their_own(text: str, own: Iterable[str]) -> str | None:
    said = words_of(text)
    for word in own:
        meant = words_of(word)
        if plain(word) == plain(text) or (meant and len(said) == len(meant) and _alike(said, meant)):
            return word
    return None


def _alike(said: tuple[str, ...], meant: tuple[str, ...]) -> bool:
    return all(map(is_slip, said, meant))


def told_in(text: str, own: Iterable[str], words: Words) -> tuple[Told, ...]:
    """Return the entries of a text, one a line or with commas between; () when it tells none.

    A part is what was done and how it left them, either first: "meeting drained", "good: coding". Parts
    without a feeling are returned as they were, with None, when another part has one.
    """
    if len(text) > LONGEST_TELLING:
        return ()
    parts = [part for part in re.split(r"[\n;,]", text) if has_words(part)]
    own = tuple(own)
    told = tuple(_told(part, own, words) for part in parts[:MOST_TOLD])
    rest = tuple(Told(cleaned(part), None) for part in parts[MOST_TOLD:])
    return (*told, *rest) if any(each.left is not None for each in told) else ()


def _told(part: str, own: tuple[str, ...], words: Words) -> Told:
    what, left = _parted(part, words)
    what = cleaned(what)
    if left is None or not has_words(what) or len(what) > LONGEST_WORD:
        return Told(cleaned(part), None)
    return Told(activity(what, own, words), left)


def _parted(part: str, words: Words) -> tuple[str, int | None]:
    """The activity and the feeling of one part of a text."""
    signed = _SIGNED.match(part.strip())
    if signed:
        sign = (signed[2] or signed[3]).replace("\u2212", "-").replace("\u2013", "-")
        return signed[1] or signed[4], _SIGNS.get(sign) or int(sign.strip("+") or 0)
    said = re.split(r"[\s:=]+", part.strip())
    feelings = _feelings(words)
    for width in range(min(LONGEST_PHRASE, len(said) - 1), 0, -1):
        ending, opening = said[-width:], said[:width]
        for phrase, rest in ((ending, said[:-width]), (opening, said[width:])):
            left = _feeling(phrase, feelings)
            if left is not None and not _is_turned(rest, ending=phrase is ending):
                return " ".join(_without_speaking(rest)), left
    return part, None


def _is_turned(rest: list[str], *, ending: bool) -> bool:
    """Whether a "not" before the feeling says something else."""
    return ending and bool(NEGATING & set(words_of(rest[-1])))


def _without_speaking(said: list[str]) -> list[str]:
    """The words without the small ones at their edges, all of them when there are no others."""
    kept = list(said)
    while kept and _is_small(kept[-1]):
        kept.pop()
    while kept and _is_small(kept[0]):
        kept.pop(0)
    return kept or said


def _is_small(word: str) -> bool:
    """Whether it stands only between the words; a picture of a plant does not."""
    return bool(words_of(word)) and set(words_of(word)) <= _SPEAKING


def _feeling(phrase: list[str], feelings: Mapping[tuple[str, ...], int]) -> int | None:
    said = words_of(" ".join(phrase)) if all(map(words_of, phrase)) else ()
    if said in feelings or len(said) != 1 or len(said[0]) < LONGEST_PHRASE + 1:
        return feelings.get(said)
    near = {left for meant, left in feelings.items() if len(meant) == 1 and is_slip(said[0], meant[0])}
    return near.pop() if len(near) == 1 else None


def _feelings(words: Words) -> dict[tuple[str, ...], int]:
    """What may be said of how something left them: the words on the buttons, and those beside them."""
    labels = ((label, code) for code, label in words.labels.get(LEFT, {}).items())
    phrases = chain(words.also.get(LEFT, {}).items(), labels)
    return {words_of(phrase): LEFT_BY[code] for phrase, code in phrases if code in LEFT_BY}
