"""Keys in memory: a master key, and one data key for each person, wrapped by it.

A person's fields are sealed with AES-256-GCM under the data key. The associated data names the table, the
column, the person and the row, so that bytes moved to another place do not open. Once the wrapped data key
is gone, nothing sealed with it can be read, wherever a copy lies; only a backup older than that still has it.

What a master key has sealed begins with its number. While a new one takes over there are two in the file, and
a process that meets a number it does not know reads the file once more.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import blake2s
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.errors import KeyMissing, Unreadable
from bot.storage.keyfile import KEY_BYTES, KeyFile, Master, read, read_or_make

NONCE_BYTES = 12
FIRST_FORMAT = 1


class Key:
    """One AES-256-GCM key. What it seals starts with its number, so that a later key can be told from it."""

    __slots__ = ("_aead", "_number", "mark")

    def __init__(self, secret: bytes, number: int = FIRST_FORMAT) -> None:
        self._aead = AESGCM(secret)
        self._number = bytes([number])
        self.mark = blake2s(secret, digest_size=8, person=b"mark").digest()
        """Tells this key from another one, and nothing of it."""

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
class Masters:
    """A master key, split by HKDF: one key wraps data keys, one seals what is nobody's."""

    wrapping: Key
    nobodys: Key

    @classmethod
    def of(cls, master: Master) -> Masters:
        """Split it. The same bytes give the same keys."""
        return cls(
            Key(_derived(master.secret, b"wrap"), master.number),
            Key(_derived(master.secret, b"nobody"), master.number),
        )


@dataclass(slots=True)
class Keyring:
    """The master keys by number, `newest` being the one that wraps, and the secret that makes lookups."""

    newest: int
    masters: dict[int, Masters] = field(repr=False)
    lookup_secret: bytes = field(repr=False)
    path: Path | None = None
    created: bool = False
    remarks: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: Path | str) -> Keyring:
        """Read the key file, or make it when there is none (`created` tells). Raises `KeyFileError`."""
        return cls._of(read_or_make(Path(path)))

    @classmethod
    def generate(cls) -> Keyring:
        """A key that lives in memory only: what is sealed with it is lost with the process."""
        return cls.of(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def of(cls, secret: bytes) -> Keyring:
        """The key made of these 32 bytes: the same people get the same lookups in every run of a script."""
        master = Master(FIRST_FORMAT, secret)
        return cls(master.number, {master.number: Masters.of(master)}, lookup_secret_of(master))

    @classmethod
    def _of(cls, found: KeyFile) -> Keyring:
        return cls(
            found.newest.number,
            _masters(found),
            found.lookup or lookup_secret_of(found.newest),
            found.path,
            found.created,
            found.remarks,
        )

    def master(self, number: int) -> Masters:
        """The master key with this number; the file is read once more for one that came meanwhile.

        Raises `KeyMissing` when a rotation has begun and this process's key file lacks its key, `Unreadable`
        when nobody ever had it.
        """
        if number not in self.masters and self.path is not None:
            found = read(self.path)
            self.newest, self.masters = found.newest.number, self.masters | _masters(found)
        if number in self.masters:
            return self.masters[number]
        if number == next_number(self.newest):
            raise KeyMissing(
                f"The database is sealed with key {number}, and the key file {self.path or 'in use'} has "
                f"only {self.newest}. Put the key file there that `tare rotate-key` has written."
            )
        raise Unreadable("wrapped by a key that nobody has")

    def lookup(self, address: str) -> bytes:
        """32 bytes that find a person by address; without the key file they lead nowhere."""
        return hmac.digest(self.lookup_secret, address.encode(), "sha256")

    def fresh_key(self, person_id: int, lookup: bytes, number: int | None = None) -> tuple[Key, bytes]:
        """A new data key, and the same wrapped for the person's row. The wrapping binds id and lookup."""
        secret = secrets.token_bytes(KEY_BYTES)
        wrapping = self.master(number or self.newest).wrapping
        return Key(secret), wrapping.seal(secret, _key_place(person_id, lookup))

    def unwrapped(self, wrapped: bytes, person_id: int, lookup: bytes) -> Key:
        """Raises `Unreadable` when the wrapped key is damaged or belongs to another person."""
        return Key(self._data_key(wrapped, person_id, lookup))

    def rewrapped(self, wrapped: bytes, person_id: int, lookup: bytes, number: int) -> bytes:
        """The same data key wrapped by another master key. Raises like `unwrapped`."""
        secret = self._data_key(wrapped, person_id, lookup)
        return self.master(number).wrapping.seal(secret, _key_place(person_id, lookup))

    def unseal_nobodys(self, sealed: bytes, where: bytes) -> bytes:
        """What is nobody's, whichever master key sealed it. Raises `Unreadable`."""
        return self.master(number_of(sealed)).nobodys.unseal(sealed, where)

    def _data_key(self, wrapped: bytes, person_id: int, lookup: bytes) -> bytes:
        wrapping = self.master(number_of(wrapped)).wrapping
        return wrapping.unseal(wrapped, _key_place(person_id, lookup))


def number_of(sealed: bytes) -> int:
    """The number of the key that has sealed this. Raises `Unreadable` for nothing at all."""
    if not sealed:
        raise Unreadable("there is nothing")
    return sealed[0]


def next_number(number: int) -> int:
    """The number of the key that takes over from this one."""
    return number % 255 + 1


def lookup_secret_of(master: Master) -> bytes:
    """What lookups are made with, as long as nothing else stands in the key file."""
    return _derived(master.secret, b"lookup")


def _masters(found: KeyFile) -> dict[int, Masters]:
    return {each.number: Masters.of(each) for each in (found.newest, found.older) if each}


def place(table: str, column: str, person_id: int, row: str = "") -> bytes:
    """The associated data of one stored field. Person 0 is nobody."""
    return person_id.to_bytes(8, "big") + f"{table}.{column}\0{row}".encode()


def _key_place(person_id: int, lookup: bytes) -> bytes:
    return place("person", "wrapped_key", person_id, lookup.hex())


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"tare/" + purpose).derive(master)
