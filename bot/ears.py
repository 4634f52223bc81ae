"""The shipped listener. Its lists take a while to read, so they are read beside the start, not before it."""

from __future__ import annotations

from threading import Lock, Thread

from bot.lexicons import lexicons
from bot.likeness import likeness
from flows.safety.detection import Found
from flows.safety.listening import FromLists

_READING = Lock()


def shipped() -> FromLists:
    """Return the lists and weights of all languages; whoever comes while they are read waits.

    Raises `LexiconError` or `LikenessError` when a file is broken.
    """
    with _READING:
        return FromLists(lexicons(), likeness())


class Ears:
    """Hears from the first text on: one that comes before the lists are read waits for them."""

    def __init__(self) -> None:
        self._lists: FromLists | None = None

    def listen(self, text: str) -> Found | None:
        """Return the gravest of what a text says, None when it says nothing of the kind."""
        if self._lists is None:
            self._lists = shipped()
        return self._lists.listen(text)


def open_ears() -> None:
    """Read the lists now, in a thread that keeps nobody waiting."""
    Thread(target=shipped, name="ears", daemon=True).start()
