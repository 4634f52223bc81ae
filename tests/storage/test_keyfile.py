"""The key file: made once, private, complete or not there; and errors that help without telling the key."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.storage import KeyFileError, Keyring
from bot.storage.keyfile import LINE


def test_the_first_use_makes_a_private_file_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "apart" / "tare.key"

    keyring = Keyring.open(path)

    assert keyring.created
    assert keyring.remarks == ()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["tare.key"]


def test_the_second_use_finds_the_same_key(tmp_path: Path) -> None:
    first = Keyring.open(tmp_path / "tare.key")

    second = Keyring.open(str(tmp_path / "tare.key"))

    assert not second.created
    assert second.lookup("telegram:1") == first.lookup("telegram:1")


def test_two_files_hold_different_keys(tmp_path: Path) -> None:
    one, other = Keyring.open(tmp_path / "one"), Keyring.open(tmp_path / "other")

    assert one.lookup("telegram:1") != other.lookup("telegram:1")


def test_processes_that_start_together_end_with_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keyrings = list(pool.map(Keyring.open, [tmp_path / "tare.key"] * 32))

    assert sum(each.created for each in keyrings) == 1
    assert len({each.lookup("telegram:1") for each in keyrings}) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["tare.key"]


def test_a_file_that_others_can_read_is_used_with_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "tare.key"
    Keyring.open(path)
    path.chmod(0o640)

    [remark] = Keyring.open(path).remarks

    assert f"chmod 600 {path}" in remark
    assert "0640" in remark


def test_comments_and_line_ends_of_another_system_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "tare.key"
    first = Keyring.open(path)
    path.write_bytes(b"# kept in the safe\r\n\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert Keyring.open(path).lookup("telegram:1") == first.lookup("telegram:1")


@pytest.mark.parametrize(
    "garbled",
    [
        "",
        "# only a remark\n",
        "\0\0\0\0",
        "{line}\n{line}\n",
        "tare-key {line}",
        "{line} and more",
        "tare-key 0{tail}",
        "tare-key 256{tail}",
        "tare-key 2{tail}",
    ],
)
def test_a_garbled_file_is_refused_with_what_to_do_and_left_alone(tmp_path: Path, garbled: str) -> None:
    path = tmp_path / "tare.key"
    Keyring.open(path)
    line = path.read_text().splitlines()[-1]
    path.write_text(garbled.format(line=line, tail=line.removeprefix("tare-key 1")))
    before = path.read_bytes()

    with pytest.raises(KeyFileError, match="Put back a copy") as refused:
        Keyring.open(path)

    assert str(path) in str(refused.value)
    assert path.read_bytes() == before


def test_a_key_with_a_slip_of_the_pen_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tare.key"
    Keyring.open(path)
    found = re.search(LINE, path.read_text())
    assert found
    secret = found["secret"]
    slipped = ("B" if secret[0] == "A" else "A") + secret[1:]
    path.write_text(path.read_text().replace(secret, slipped))

    with pytest.raises(KeyFileError, match="damaged") as refused:
        Keyring.open(path)

    assert secret[5:] not in str(refused.value)


@pytest.mark.parametrize("place", ["a file/tare.key", "a directory"])
def test_a_place_that_cannot_hold_the_file_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "a file").touch()
    (tmp_path / "a directory").mkdir()

    with pytest.raises(KeyFileError, match="TARE_KEY_FILE"):
        Keyring.open(tmp_path / place)


def test_a_keyring_does_not_show_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "tare.key"
    keyring = Keyring.open(path)
    secret = path.read_text().split()[-2]

    assert secret not in repr(keyring)
    assert keyring.lookup_secret.hex() not in repr(keyring)
    assert str(keyring.lookup_secret) not in repr(keyring)
