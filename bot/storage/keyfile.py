"""The key file: the master key, kept outside the database; two of them while one takes over from the other.

After a first rotation a further line holds the secret that lookups are made with: the keyed hashes by which
people are found outlive the key that they were derived from.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.storage.errors import KeyFileError

KEY_BYTES = 32
FIRST_KEY = 1

EXPLANATION = """\
# The master key of Tare. With this file and the database everything that people told can be read;
# without this file none of it can. Keep a copy in a safe place, never next to the database or its backups.
"""
LINE = re.compile(
    r"tare-(?P<what>key|lookup) (?P<number>\d{1,3}) (?P<secret>[A-Za-z0-9+/]{43}=) (?P<checksum>[0-9a-f]{8})"
)
SHAPES = (("key",), ("key", "lookup"), ("key", "key", "lookup"))
"""What the lines of a key file are, in order: the newest key first."""


@dataclass(frozen=True, slots=True)
class Master:
    """One master key, with the number that everything wrapped by it begins with: 1 to 255."""

    number: int
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the file says, and remarks for whoever runs Tare.

    `older` is the key that `newest` takes over from, while that lasts. `lookup` is None before the first
    rotation: it is derived from the only key there is.
    """

    path: Path
    newest: Master
    older: Master | None = None
    lookup: bytes | None = field(default=None, repr=False)
    created: bool = False
    remarks: tuple[str, ...] = ()


def read_or_make(path: Path) -> KeyFile:
    """Read the key file, or make it first. Two processes that start together end with the same key."""
    try:
        created = not path.exists() and _made(path)
        return _understood(path, created)
    except OSError as refused:
        raise _out_of_reach(path, "read or made", refused) from refused


def read(path: Path) -> KeyFile:
    """Read a key file that is there. Raises `KeyFileError`."""
    try:
        return _understood(path, created=False)
    except OSError as refused:
        raise _out_of_reach(path, "read", refused) from refused


def rewrite(path: Path, newest: Master, older: Master | None, lookup: bytes) -> None:
    """Put other keys into the file. After a crash it is either as it was or as it is to be."""
    masters = [newest, *([older] if older else [])]
    lines = [_line("key", each.number, each.secret) for each in masters]
    try:
        _replace(path, [*lines, _line("lookup", newest.number, lookup)])
    except OSError as refused:
        raise _out_of_reach(path, "written", refused) from refused


def _replace(path: Path, lines: Sequence[str]) -> None:
    there = path.resolve()  # a link stays a link
    draft = there.with_name(f".{there.name}.{secrets.token_hex(8)}")
    try:
        write_to_disk(draft, EXPLANATION + "\n".join(lines) + "\n")
        draft.replace(there)
    finally:
        draft.unlink(missing_ok=True)
    keep_directory(there.parent)


def _out_of_reach(path: Path, verb: str, refused: OSError) -> KeyFileError:
    return KeyFileError(
        f"The key file {path} cannot be {verb}: {refused.strerror}. Give the user that runs Tare "
        "access to the file and its directory, or name another file in TARE_KEY_FILE."
    )


def _made(path: Path) -> bool:
    """Make the file complete and on disk before it has its name. False when another process was faster."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        write_to_disk(draft, EXPLANATION + _line("key", FIRST_KEY, secrets.token_bytes(KEY_BYTES)) + "\n")
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    keep_directory(path.parent)
    return True


def write_to_disk(path: Path, text: str) -> None:
    """Write a new file that only this user can read; it is on the disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def keep_directory(directory: Path) -> None:
    """A new name survives a power cut only when its directory is on disk too."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _line(what: str, number: int, secret: bytes) -> str:
    return f"tare-{what} {number} {base64.b64encode(secret).decode()} {_checksum(number, secret)}"


def _checksum(number: int, secret: bytes) -> str:
    return hashlib.sha256(bytes([number]) + secret).hexdigest()[:8]


def _understood(path: Path, created: bool) -> KeyFile:
    text = path.read_text(encoding="ascii", errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = [LINE.fullmatch(line) for line in lines]
    if tuple(each["what"] if each else "" for each in found) not in SHAPES:
        raise KeyFileError(f"{path} is not a key file of Tare, or is incomplete. {_put_back(path)}")
    newest, *more = [_secret(each, path) for each in found if each]
    lookup = more.pop().secret if more else None
    return KeyFile(path, newest, more[0] if more else None, lookup, created, _remarks(path))


def _secret(found: re.Match[str], path: Path) -> Master:
    number, secret = int(found["number"]), base64.b64decode(found["secret"])
    if not 0 < number < 256:
        raise KeyFileError(f"{path} is not a key file of Tare, or is incomplete. {_put_back(path)}")
    if _checksum(number, secret) != found["checksum"]:
        raise KeyFileError(f"The key in {path} is damaged: its checksum does not fit. {_put_back(path)}")
    return Master(number, secret)


def _put_back(path: Path) -> str:
    return (
        "Put back a copy from your backup, or name the right file in TARE_KEY_FILE: without that key the "
        f"database cannot be read. Only if nobody has talked to this Tare yet, delete {path} and start again."
    )


def _remarks(path: Path) -> tuple[str, ...]:
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name != "posix" or not mode & 0o077:
        return ()
    return (
        f"Other users of this machine can reach the key file {path} (mode {mode:04o}). Run: chmod 600 {path}",
    )
