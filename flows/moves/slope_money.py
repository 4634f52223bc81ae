"""Kinds of questions about money: an amount, and an amount or a share of what comes in now."""

from __future__ import annotations

import re
from typing import Unpack

from flows.engine.answers import Rejected, Value
from flows.engine.question import Face, Question, Shared
from flows.engine.say import Label
from flows.engine.spelling import ascii_digits, plain_keeping_sign
from flows.engine.words import Ear
from flows.moves.money import Money, NoMoney, read_money, tidy

_SHARE = re.compile(r"(?<![\d.,-])(\d{1,4})(?:[.,]\d+)?\s*(?:%|per\s?cent|pct|prozent)(?!\w)")
_BELOW_ZERO = re.compile(r"-\s*\d+\s*(?:%|per\s?cent|prozent)")
_MOST_SHARE = 300
"""In percent; nobody plans a stage on more than three times of what comes in."""


class Amount(Question):
    """Money as the person writes it, kept as written. `codes`: what stands for an amount, as buttons.

    `zero` is the one that a typed 0 means.
    """

    kind = "amount"

    def __init__(self, *codes: str, zero: str = "", monthly: bool = True, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.labelled = codes
        self.zero = zero
        self.monthly = monthly

    def key(self, place: int, code: str) -> str:
        """Return nothing: a number that is typed is an amount, never the place of a button."""
        del place, code
        return ""

    def label(self, prompt: str, code: str) -> Face:
        return Label(prompt, code) if code in self.labelled else code

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the words as they are when they name one amount, else why they do not."""
        said = self.button_that_says(text, prompt, ear.words)
        amount = read_money(text, monthly=self.monthly)
        if said is not None:
            return said
        if isinstance(amount, NoMoney):
            return self.meant(text, prompt, ear.words) or Rejected(f"money.{amount.why}")
        return self.zero if self.zero and not amount.hundredths else tidy(text)

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, str) and (value in self.labelled or self._is_one(value)))

    def _is_one(self, written: str) -> bool:
        return isinstance(read_money(written, monthly=self.monthly), Money)


class AmountOrShare(Amount):
    """An amount, or a share of what comes in now: "1.900 €", "60 %", a button ("p60")."""

    kind = "amount_or_share"

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        said = ascii_digits(plain_keeping_sign(text))
        if _BELOW_ZERO.search(said):
            return Rejected("money.negative")
        if _SHARE.search(said) is None:
            return super().parse(text, prompt, ear)
        return tidy(text) if share_of(text) is not None else Rejected("money.too_much_share")

    def holds(self, value: Value) -> bool:
        return super().holds(value) or (isinstance(value, str) and share_of(value) is not None)


def share_of(written: str) -> int | None:
    """Return the percent that a text or the code of a button names; None for none, or too many."""
    if written[:1] == "p" and written[1:].isdecimal():
        return int(written[1:])
    share = _SHARE.search(ascii_digits(plain_keeping_sign(written)))
    percent = int(share[1]) if share else _MOST_SHARE + 1
    return percent if percent <= _MOST_SHARE else None
