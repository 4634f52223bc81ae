"""Erasures outlive the database: a list beside the key file, so that no backup brings anybody back.

A backup from before an erasure still holds the person's data key, wrapped by the master key. So each erasure
is written down in its own transaction, right after that in a file beside the key, and whenever a database is
opened: whoever stands in the file and is in the database with another key than the one that remained is
deleted before anything is read or served. The list says nothing of a person: the number of a row, which is
random and new each time somebody comes, and a mark of the key that replaced theirs.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.storage.errors import ErasuresMissing, KeyFileError
from bot.storage.keyfile import keep_directory, write_to_disk

SUFFIX = ".erased"
EXPLANATION = """\
# People who were erased from the databases of the key file beside this one: no name, no address, no answer.
# Without this list a backup that is put back would bring them back. Never put back an older copy of it.
"""
HEAD = re.compile(r"tare-erased ([0-9a-f]{16})")
LINE = re.compile(r"([0-9a-f]{16}) ([0-9a-f]{16}|-) (\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Erasure:
    """Of this row nothing may be left but what belongs to the key with this mark (b"": nothing at all)."""

    person_id: int
    remains: bytes
    on: date


@dataclass(frozen=True, slots=True)
class Listed:
    """What the file says: its own name, and the last erasure of each row."""

    name: str
    erasures: Mapping[int, Erasure]


@dataclass(frozen=True, slots=True)
class ErasedList:
    """The file. Its lines are only ever added to, by several processes at once too."""

    path: Path

    @classmethod
    def beside(cls, key_file: Path | None) -> ErasedList | None:
        """The list of the databases of a key file; a key in memory has none."""
        return None if key_file is None else cls(key_file.with_name(key_file.name + SUFFIX))

    def read(self) -> Listed | None:
        """What it says, None when there is no file. Raises `KeyFileError` when it is no list of erasures.

        A line that a crash cut off does not count: the database has it, and it is added again.
        """
        try:
            whole = self.path.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return None
        except OSError as refused:
            raise self._out_of_reach("read", refused) from refused
        complete, _, _ = whole.rpartition("\n")
        lines = [line for line in complete.split("\n") if line and not line.startswith("#")]
        head = HEAD.fullmatch(lines[0]) if lines else None
        found = [LINE.fullmatch(line) for line in lines[1:]]
        if head is None or not all(found):
            raise KeyFileError(
                f"{self.path} is not a list of erasures, or is damaged. Put back its last copy."
            )
        return Listed(head[1], {each.person_id: each for each in map(_erasure, filter(None, found))})

    def make(self) -> Listed:
        """Begin a list with nobody on it. Of two processes that do so at once, both have the same one."""
        draft = self.path.with_name(f".{self.path.name}.{secrets.token_hex(8)}")
        try:
            write_to_disk(draft, f"{EXPLANATION}tare-erased {secrets.token_hex(8)}\n")
            os.link(draft, self.path)
        except FileExistsError:
            pass
        except OSError as refused:
            raise self._out_of_reach("made", refused) from refused
        finally:
            draft.unlink(missing_ok=True)
        keep_directory(self.path.parent)
        listed = self.read()
        if listed is None:
            raise ErasuresMissing(f"The list of erasures {self.path} was taken away while it was made.")
        return listed

    def add(self, erasures: Iterable[Erasure]) -> None:
        """Add lines; they are on the disk when this returns. Raises `KeyFileError`."""
        lines = "".join(f"{_line(each)}\n" for each in erasures)
        if not lines:
            return
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND)
            try:
                self._mend(descriptor)
                os.write(descriptor, lines.encode("ascii"))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as refused:
            raise self._out_of_reach("written", refused) from refused

    def _mend(self, descriptor: int) -> None:
        """Take away what a crash cut off, so that the next line begins a line."""
        size = os.fstat(descriptor).st_size
        tail = os.pread(descriptor, min(size, 200), max(0, size - 200))
        torn = tail.rpartition(b"\n")[2]
        if torn:
            os.truncate(self.path, size - len(torn))

    def _out_of_reach(self, verb: str, refused: OSError) -> KeyFileError:
        return KeyFileError(
            f"The list of erasures {self.path} cannot be {verb}: {refused.strerror}. Give the user that runs "
            "Tare access to the file and its directory."
        )


def missing(path: Path, *, another: bool) -> ErasuresMissing:
    """What to tell whoever runs Tare when the list is not there, or is another database's."""
    what = "is another one than this database knows" if another else "is missing"
    return ErasuresMissing(
        f"The list of erasures {path} {what}. Without it a backup would bring people back who were erased, "
        "so nothing is served. Put the list back beside the key file. If it is lost, and this database is "
        "the one that ran last and no backup, run: tare migrate --no-backup"
    )


def on_day(moment: datetime) -> date:
    """The day that is written down; the hour is nobody's business."""
    return moment.date()


def _line(each: Erasure) -> str:
    return f"{each.person_id:016x} {each.remains.hex() or '-'} {each.on.isoformat()}"


def _erasure(found: re.Match[str]) -> Erasure:
    remains = b"" if found[2] == "-" else bytes.fromhex(found[2])
    return Erasure(int(found[1], 16), remains, date.fromisoformat(found[3]))
