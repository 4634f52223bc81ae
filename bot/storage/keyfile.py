"""The key file: one line of text with the master key, kept outside the database."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from bot.storage.errors import KeyFileError

KEY_BYTES = 32
FIRST_KEY = 1

EXPLANATION = """\
# The master key of Tare. With this file and the database everything that people told can be read;
# without this file none of it can. Keep a copy in a safe place, never next to the database or its backups.
"""
LINE = re.compile(r"tare-key (?P<number>\d{1,3}) (?P<secret>[A-Za-z0-9+/]{43}=) (?P<checksum>[0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the file says: the key, its number (for a later rotation), and remarks for whoever runs Tare."""

    path: Path
    number: int
    secret: bytes = field(repr=False)
    created: bool = False
    remarks: tuple[str, ...] = ()


def read_or_make(path: Path) -> KeyFile:
    """Read the key file, or make it first. Two processes that start together end with the same key."""
    try:
        created = not path.exists() and _made(path)
        text = path.read_text(encoding="ascii", errors="replace")
        return _understood(text, path, created)
    except OSError as refused:
        raise KeyFileError(
            f"The key file {path} cannot be read or made: {refused.strerror}. Give the user that runs Tare "
            "access to the file and its directory, or name another file in TARE_KEY_FILE."
        ) from refused


def _made(path: Path) -> bool:
    """Make the file complete and on disk before it has its name. False when another process was faster."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_to_disk(draft, EXPLANATION + _line(FIRST_KEY, secrets.token_bytes(KEY_BYTES)) + "\n")
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    _keep_directory(path.parent)
    return True


def _write_to_disk(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def _keep_directory(directory: Path) -> None:
    """A new name survives a power cut only when its directory is on disk too."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _line(number: int, secret: bytes) -> str:
    return f"tare-key {number} {base64.b64encode(secret).decode()} {_checksum(number, secret)}"


def _checksum(number: int, secret: bytes) -> str:
    return hashlib.sha256(bytes([number]) + secret).hexdigest()[:8]


def _understood(text: str, path: Path, created: bool) -> KeyFile:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = LINE.fullmatch(lines[0]) if len(lines) == 1 else None
    number = int(found["number"]) if found else 0
    if not found or not 0 < number < 256:
        raise KeyFileError(f"{path} is not a key file of Tare, or is incomplete. {_put_back(path)}")
    secret = base64.b64decode(found["secret"])
    if _checksum(number, secret) != found["checksum"]:
        raise KeyFileError(f"The key in {path} is damaged: its checksum does not fit. {_put_back(path)}")
    return KeyFile(path, number, secret, created, _remarks(path))


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
