"""What the surveys of the baselines ask: about as many questions, words and buttons as our sketch."""

from __future__ import annotations

QUESTIONS = 18
OPTIONS = ("not me", "a little", "partly", "quite", "very much me")
WORDS = (
    "Question {number} of 18. Think of the last four weeks, of the days as they were and not as they should "
    "have been. <b>Most of my working day goes into things that I could do in half the time, if only I were "
    "left alone with them.</b>"
)


def asked(number: int) -> str:
    """Return the words of a question, as HTML."""
    return WORDS.format(number=number + 1)


def chosen(number: int, option: int) -> str:
    """Return what an answered question says."""
    return f"{asked(number)}\n\n✓ {OPTIONS[option]}"


def buttons(number: int) -> list[tuple[str, str]]:
    """Return what stands on each button of a question, and what it carries."""
    return [(words, f"{number}:{option}") for option, words in enumerate(OPTIONS)]


def read(carried: str) -> tuple[int, int]:
    """Return which question was answered, and with which option."""
    number, option = carried.split(":")
    return int(number), int(option)
