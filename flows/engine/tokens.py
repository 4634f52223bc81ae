"""What a button carries: which conversation, which sequence number, which question, which option.

Telegram keeps at most 64 bytes of it (botapi.json, InlineKeyboardButton.callback_data) and may send back
anything at all: a token is a wish, never a proof.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 64

SKIP, BACK, WHY, READY = "~skip", "~back", "~why", "~ready"
"""Option codes of the buttons that are no answer; no author can use `~` in a code."""

CODE = re.compile(r"[A-Za-z0-9_+/-]{1,32}")
"""What an option code may look like; zones such as `America/Argentina/Buenos_Aires` fit."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question, as it was when the button was shown."""

    conversation: str
    seq: int
    question: str
    code: str


@dataclass(frozen=True, slots=True)
class Order:
    """A command on a button: an offer that is not an open question."""

    name: str
    argument: str = ""


def choice_token(conversation: str, seq: int, question: str, code: str) -> str:
    """Return the token of one option, ASCII."""
    return f"q:{conversation}:{seq}:{question}:{code}"


def order_token(name: str, argument: str = "") -> str:
    """Return the token of a command on a button, ASCII."""
    return f"c:{name}:{argument}"


def read_token(token: str) -> Choice | Order | None:
    """Return what a token asks for, or None when no button of ours could have sent it."""
    if len(token) > LONGEST or not token.isascii():
        return None
    match token.split(":"):
        case ["q", conversation, seq, question, code] if seq.isdigit():
            return Choice(conversation, int(seq), question, code)
        case ["c", name, argument] if name.isidentifier():
            return Order(name, argument)
    return None
