"""Keys in memory: one master key, and one data key for each person, wrapped by it.

A person's fields are sealed with AES-256-GCM under the data key. The associated data names the table, the
column, the person and the row, so that bytes moved to another place do not open. Once the wrapped data key
is gone, nothing sealed with it can be read, wherever a copy lies; only a backup older than that still has it.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.errors import Unreadable
from bot.storage.keyfile import KEY_BYTES, read_or_make

NONCE_BYTES = 12
FIRST_FORMAT = 1


class Key:
    """One AES-256-GCM key. What it seals starts with its number, so that a later key can be told from it."""

    __slots__ = ("_aead", "_number")

    def __init__(self, secret: bytes, number: int = FIRST_FORMAT) -> None:
        self._aead = AESGCM(secret)
        self._number = bytes([number])

    def seal(self, plain: bytes, place: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self._number + nonce + self._aead.encrypt(nonce, plain, place)

    def unseal(self, sealed: bytes, place: bytes) -> bytes:
        """Raises `Unreadable` when the bytes were sealed with another key or for another place."""
        if sealed[:1] != self._number:
            raise Unreadable("sealed with another key or in another format")
        nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return self._aead.decrypt(nonce, rest, place)
        except (InvalidTag, ValueError) as wrong:
            raise Unreadable("the seal does not fit") from wrong

    def __repr__(self) -> str:
        return "Key(...)"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The master key, split by HKDF: one key wraps, one seals what is nobody's, one makes lookups."""

    number: int
    wrapping: Key = field(compare=False)
    nobodys: Key = field(compare=False)
    lookup_secret: bytes = field(repr=False)
    path: Path | None = None
    created: bool = False
    remarks: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: Path | str) -> Keyring:
        """Read the key file, or make it when there is none (`created` tells). Raises `KeyFileError`."""
        found = read_or_make(Path(path))
        return cls._split(
            found.secret, found.number, path=found.path, created=found.created, remarks=found.remarks
        )

    @classmethod
    def generate(cls) -> Keyring:
        """A key that lives in memory only: what is sealed with it is lost with the process."""
        return cls.of(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def of(cls, secret: bytes) -> Keyring:
        """The key made of these 32 bytes: the same people get the same lookups in every run of a script."""
        return cls._split(secret, FIRST_FORMAT)

    @classmethod
    def _split(
        cls,
        master: bytes,
        number: int,
        path: Path | None = None,
        created: bool = False,
        remarks: tuple[str, ...] = (),
    ) -> Keyring:
        return cls(
            number=number,
            wrapping=Key(_derived(master, b"wrap"), number),
            nobodys=Key(_derived(master, b"nobody"), number),
            lookup_secret=_derived(master, b"lookup"),
            path=path,
            created=created,
            remarks=remarks,
        )

    def lookup(self, address: str) -> bytes:
        """32 bytes that find a person by address; without the master key they lead nowhere."""
        return hmac.digest(self.lookup_secret, address.encode(), "sha256")

    def fresh_key(self, person_id: int, lookup: bytes) -> tuple[Key, bytes]:
        """A new data key, and the same wrapped for the person's row. The wrapping binds id and lookup."""
        secret = secrets.token_bytes(KEY_BYTES)
        return Key(secret), self.wrapping.seal(secret, _key_place(person_id, lookup))

    def unwrapped(self, wrapped: bytes, person_id: int, lookup: bytes) -> Key:
        """Raises `Unreadable` when the wrapped key is damaged or belongs to another person."""
        return Key(self.wrapping.unseal(wrapped, _key_place(person_id, lookup)))


def place(table: str, column: str, person_id: int, row: str = "") -> bytes:
    """The associated data of one stored field. Person 0 is nobody."""
    return person_id.to_bytes(8, "big") + f"{table}.{column}\0{row}".encode()


def _key_place(person_id: int, lookup: bytes) -> bytes:
    return place("person", "wrapped_key", person_id, lookup.hex())


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"tare/" + purpose).derive(master)
