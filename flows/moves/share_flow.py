"""The questions of /share: for whom, what is wished for, and what stays out.

What is in a packet is computed from the person, so it stands between two flows: the first one asks for whom,
its ending shows the preview, and the second one asks what stays out (`flows.moves.share`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flows.engine.answers import Rejected, Value
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.question import Face, Option
from flows.engine.questions import Choice, FreeText, MultiChoice
from flows.engine.say import Fact, Label
from flows.engine.spelling import ascii_digits
from flows.engine.words import Ear
from flows.moves.share_parts import MOST_LINES, READERS

LONGEST_WISH = 280

NONE, STOP = "none", "stop"
"""Nothing stays out; nothing is made at all."""

NUMBERS = tuple(str(number) for number in range(1, MOST_LINES + 1))

_RANGE = re.compile(r"(\d{1,2})\s*(?:-|\u2013|to|bis)\s*(\d{1,2})")
_DIGITS = re.compile(r"\d+")


class LeftOut(MultiChoice):
    """Any of the numbers in the preview; which ones there are stands in `about["usual"]`, a line each."""

    kind = "multi_choice"

    def __init__(self) -> None:
        super().__init__(NONE, STOP, alone=(NONE, STOP), most=len(NUMBERS), skippable=False)

    @property
    def codes(self) -> tuple[str, ...]:
        return (*NUMBERS, *self.labelled)

    def options(self, prompt: str, ear: Ear) -> tuple[Option, ...]:
        numbers = tuple(Option(number, int(number), number) for number in ear.usual)
        return (*numbers, *(Option(code, Label(prompt, code), "") for code in self.labelled))

    def label(self, prompt: str, code: str) -> Face:
        return int(code) if code.isdecimal() else Label(prompt, code)

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the numbers that a text lists, "3, 5 and 7-9", or what its words mean."""
        spelt = _RANGE.sub(_spelt_out, ascii_digits(text))
        named = set(_DIGITS.findall(spelt))
        if named - set(ear.usual):
            return Rejected("share.no_such_number", {"most": len(ear.usual)})
        return super().parse(spelt, prompt, ear)

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        there = code in ear.usual or code in self.labelled
        return super().accept(code, ear) if there else Rejected("engine.not_an_option")


def _spelt_out(found: re.Match[str]) -> str:
    """ "7-9" lists three numbers; "9-7" and what is far too wide stay what they are, and are asked about."""
    first, last = int(found[1]), int(found[2])
    return ", ".join(map(str, range(first, last + 1))) if first < last <= MOST_LINES else found[0]


def reader_of(conversation: Conversation) -> str:
    """Return for whom the packet is, "" before that is known."""
    value = conversation.value("whom")
    return value if isinstance(value, str) else conversation.about.get("reader", "")


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts may use: the reader."""
    del question
    reader = reader_of(conversation)
    return {"reader": Label("share.whom", reader) if reader else ""}


SHARE = Flow(
    name="share",
    version=1,
    start="whom",
    questions={"whom": Choice(*READERS, skippable=False), "wish": FreeText(LONGEST_WISH)},
    transitions=(Go("whom", "wish"), Go("wish", DONE)),
    facts=facts,
    remembered=False,
)

SHARE_PREVIEW = Flow(
    name="share_preview",
    version=1,
    start="out",
    questions={"out": LeftOut()},
    transitions=(Go("out", DONE),),
    facts=facts,
    remembered=False,
)
