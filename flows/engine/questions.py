"""Kinds of questions. Each turns what was typed or tapped into a value, or says why it cannot.

A question knows codes, never words: the labels come from the prompts of the person's locale, and are
looked up under the name of the question's prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Unpack

from flows.engine.answers import Rejected, Value
from flows.engine.numerals import at_place, numbers, place, says_more_than_a_number
from flows.engine.question import Face, Question, Shared
from flows.engine.say import Label
from flows.engine.small_words import NEGATING, TURNING
from flows.engine.spelling import asks_back, plain, words_of
from flows.engine.understanding import agrees
from flows.engine.whereabouts import Place
from flows.engine.words import Ear, Words

__all__ = ["Choice", "Confirm", "FreeText", "MultiChoice", "Place", "Question", "Scale"]


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a pair of UTF-16: it cannot be stored or sent."""


class Choice(Question):
    """One of a few options. A number typed alone means the option at that place, from 1."""

    kind = "choice"

    def __init__(self, *codes: str, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.labelled = codes

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        exact = self.button_that_says(text, prompt, ear.words)
        if exact is not None:
            return exact
        number = place(text, ear.words)
        if number is not None:
            count = len(self.labelled)
            return at_place(number, self.labelled) or Rejected("engine.not_on_list", {"count": count})
        found = self.meant(text, prompt, ear.words)
        return found if found is not None else self._yes_or_no(text, ear.words)

    def _yes_or_no(self, text: str, words: Words) -> Value | Rejected:
        agreed = agrees(text, words) if {"yes", "no"} <= set(self.labelled) else None
        if agreed is None:
            return Rejected("engine.not_an_option")
        return "yes" if agreed else "no"


class Confirm(Choice):
    """Yes or no, in the words of its buttons or any other."""

    kind = "confirm"

    def __init__(self, **shared: Unpack[Shared]) -> None:
        super().__init__("yes", "no", **shared)

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return what the text says; "yes?" asks back and agrees to nothing."""
        return Rejected("engine.not_an_option") if asks_back(text) else super().parse(text, prompt, ear)


class MultiChoice(Question):
    """Any of a few options, or at most so many; `alone` are those that exclude all others and answer at once.

    Taps set or clear one option each, so that a tap which arrives twice changes nothing.
    """

    kind = "multi_choice"

    def __init__(
        self, *codes: str, alone: tuple[str, ...] = (), most: int | None = None, **shared: Unpack[Shared]
    ) -> None:
        super().__init__(**shared)
        self.labelled = codes
        self.alone = alone
        self.most = most or len(codes)

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the options that the text lists; one part that means none of them rejects it all."""
        whole = self.meant(text, prompt, ear.words)
        found = {whole} if whole else {self._one(part, prompt, ear.words) for part in _parts(text)}
        if found and None not in found and len(found) <= self.most:
            return self.gathered(code for code in found if code is not None)
        if "no" in self.labelled and agrees(text, ear.words) is False:
            return ("no",)
        if found and None not in found:
            return Rejected("engine.too_many", {"most": self.most})
        return Rejected("engine.not_these", {"count": len(self.labelled)})

    def _one(self, part: str, prompt: str, words: Words) -> str | None:
        number = place(part, words)
        return self.meant(part, prompt, words) if number is None else at_place(number, self.codes)

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        del ear
        return (code,) if code in self.codes else Rejected("engine.not_an_option")

    def gathered(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the codes as one value: in the author's order, an exclusive one alone."""
        chosen = {code for code in codes if code in self.codes}
        shared = chosen - set(self.alone)
        return tuple(code for code in self.codes if code in (shared or chosen))

    def marked(self, draft: tuple[str, ...], mark: str, code: str) -> tuple[str, ...]:
        """Return the marks with one set (+) or cleared (-); one too many clears the first that was set."""
        if mark == "+" and code in draft:
            return draft
        kept = tuple(other for other in draft if other != code)
        return (*kept, code)[-self.most :] if mark == "+" else kept

    def added(self, draft: tuple[str, ...], value: tuple[str, ...]) -> tuple[str, ...]:
        """Return marks and typed words as one value; an exclusive option, or too many, leaves the words."""
        both = self.gathered((*draft, *value))
        return value if set(value) <= set(self.alone) or len(both) > self.most else both

    def holds(self, value: Value) -> bool:
        if value is None:
            return True
        return isinstance(value, tuple) and set(value) <= set(self.codes) and len(value) <= self.most


class Scale(Question):
    """A whole number from `low` to `high`. `named` scales show words instead of numbers."""

    kind = "scale"

    def __init__(self, low: int, high: int, *, named: bool = False, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.low, self.high, self.named = low, high, named
        self._codes = tuple(str(number) for number in range(low, high + 1))
        self.labelled = self._codes if named else ()

    @property
    def how(self) -> str:
        return "choice" if self.named else self.kind

    @property
    def codes(self) -> tuple[str, ...]:
        return self._codes

    def label(self, prompt: str, code: str) -> Face:
        return Label(prompt, code) if self.named else int(code)

    def key(self, place: int, code: str) -> str:
        del place
        return code

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the number that is all the text says; one that counts something else is asked about."""
        found = self._named(text, prompt, ear.words) if self.named else None
        if found is not None:
            return int(found)
        given = numbers(text, ear.words, self.high)
        if not given or (len(given) == 1 and says_more_than_a_number(text, ear.words, self.high)):
            return Rejected("engine.not_an_option" if self.named else "engine.no_number", self._ends)
        if len(given) > 1:
            return Rejected("engine.several_numbers", self._ends)
        return self._whole(given[0])

    def _named(self, text: str, prompt: str, words: Words) -> str | None:
        labels = self.labels(prompt, words)
        return self.meant(text, prompt, words) or self._none(text, labels, words)

    def _none(self, text: str, labels: dict[str, str], words: Words) -> str | None:
        """The one degree that is a "not", when the text is a plain "no"; "not really" is none."""
        if agrees(text, words) is not False or (TURNING - NEGATING) & set(words_of(text)):
            return None
        none = [code for code, label in labels.items() if NEGATING & set(words_of(label))]
        return none[0] if len(none) == 1 else None

    def _whole(self, number: float) -> Value | Rejected:
        if not number.is_integer():
            return Rejected("engine.not_whole", self._ends)
        inside = self.low <= number <= self.high
        return int(number) if inside else Rejected("engine.not_on_scale", self._ends)

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        del ear
        return int(code) if code in self._codes else Rejected("engine.not_on_scale", self._ends)

    @property
    def _ends(self) -> dict[str, int]:
        return {"low": self.low, "high": self.high}

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, int) and self.low <= value <= self.high)


class FreeText(Question):
    """Words of their own, up to `longest` characters: never cut, and never kept when too long."""

    kind = "free_text"

    def __init__(self, longest: int = 1500, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.longest = longest

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        del prompt, ear
        kept = _HALF_CHARACTER.sub("\ufffd", text.replace("\x00", "")).strip()
        if not plain(kept):
            return Rejected("engine.no_words")
        if len(kept) > self.longest:
            return Rejected("engine.too_long", {"count": len(kept), "longest": self.longest})
        return kept

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, str) and len(value) <= self.longest)


def _parts(text: str) -> list[str]:
    """What a list consists of: "2, 3", "2 3", "bad sleep and money"."""
    if re.fullmatch(r"[\d\s]+", text.strip()):
        return text.split()
    parts = re.split(r"[,;\n/+&]|\s+(?:and|und|y|et|и)\s+", text)
    return [part for part in parts if plain(part)]
