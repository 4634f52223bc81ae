"""A canary: a word that nobody else says, told in every way there is, and looked for in every shape."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.scripts import read_script, same_words
from tests.transcripts.playing import FOLDER

CANARY = "kanarienvogel"


def shapes(words: str = CANARY) -> Iterator[bytes]:
    """Yield the words as they may lie in a file: as text, and in what programs make of bytes."""
    plain = words.encode()
    yield plain
    yield words.encode("utf-16-le")
    yield plain.hex().encode()
    for before in range(3):
        encoded = b64encode(bytes(before) + plain).rstrip(b"=")
        whole = len(encoded) if (before + len(plain)) % 3 == 0 else -1
        yield encoded[(0, 2, 3)[before] : whole]


def seen_in(*places: bytes | str, words: str = CANARY) -> list[bytes]:
    """Return what was found of a canary, with what stands around it."""
    found = []
    for place in places:
        content = (place.encode("utf-8", "surrogatepass") if isinstance(place, str) else place).lower()
        for at in (content.find(shape.lower()) for shape in shapes(words)):
            found += [content[max(0, at - 40) : at + 60]] if at >= 0 else []
    return found


def files_in(folder: Path) -> Iterator[bytes]:
    """Yield everything that lies in a folder."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.read_bytes()


def told_instead(chat: str, replies: Mapping[str, str | tuple[str, ...]]) -> list[str]:
    """Return what goes in of a written chat, with other replies to what is asked with these words.

    Each question counts once, when it comes first.
    """
    waiting, heard, lines = dict(replies), "", list[str]()
    for cue in read_script((FOLDER / chat).read_text("utf-8").splitlines()):
        if cue.who == "bot":
            heard += same_words(cue.what)
            continue
        asked = next((words for words in waiting if words in heard and cue.who == "me"), None)
        said = waiting.pop(asked) if asked else ()
        lines += [f"me> {each}" for each in ((said,) if isinstance(said, str) else said)]
        lines += [] if asked else f"{cue.who}> {cue.what}".replace("\n", "\n     ").splitlines()
        heard = ""
    assert not waiting, f"never asked in {chat}: {[*waiting]}"
    return lines


_written: list[str] = []
_watching = False
_hooks: list[object] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    """Hear of every file that this process opens; a hook of the interpreter stays until it ends."""
    if not _watching or event != "open":
        return
    path, _, flags = arguments
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        _written.append(str(path))


@contextmanager
def files_written() -> Iterator[list[str]]:
    """Collect the files that Python opens to write into, in any thread; SQLite opens its own."""
    global _watching  # noqa: PLW0603 - an audit hook cannot be taken away, only silenced
    if not _hooks:
        sys.addaudithook(_note)
        _hooks.append(_note)
    _written.clear()
    _watching = True
    try:
        yield _written
    finally:
        _watching = False
