"""Files that are made to do harm: refused in a sentence, before they cost time or memory."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.importing import LARGEST_FILE, LARGEST_JSON, ImportRefused, person_in, understood
from tests.rights.given import zipped

EXPORT: dict[str, Any] = {
    "format": "tare-export",
    "version": 1,
    "made_at": "2026-03-02T19:30:00+00:00",
    "person": {
        "seed": 7,
        "locale": "en",
        "standing": "active",
        "country": "DE",
        "zone": "Europe/Berlin",
        "situation": "employed",
        "open": [],
        "offered": [],
        "crisis": {},
        "created_at": "2026-03-01T19:30:00+00:00",
        "heard_at": None,
    },
    "conversations": {},
    "diary": {},
    "records": [],
    "set_aside": [],
}
"""The least that is an export."""

RECORD = {"kind": "note", "at": "2026-03-01T19:30:00+00:00", "rule_version": None, "body": {"text": "x"}}
MEGABYTE = 1024**2


def as_bytes(**changes: Any) -> bytes:
    return json.dumps({**EXPORT, **changes}).encode()


def with_raw(place: str, raw: str) -> bytes:
    """An export with these very letters at a place."""
    return as_bytes(**{place: "HERE"}).replace(b'"HERE"', raw.encode())


def refusal(content: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        person_in(understood(content))
    return str(refused.value)


def peak_of(content: bytes) -> int:
    """Bytes that reading this took at the most."""
    tracemalloc.start()
    try:
        refusal(content)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def many_files(count: int) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as bundle:
        for number in range(count):
            bundle.writestr(f"{number}", b"")
    return whole.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x7f\xff\xff\xff" * 2 + b"\x08\x06\x00\x00\x00"
"""The head of a picture that says that it is two billion points wide and high."""


def test_what_is_fine_is_not_refused() -> None:
    assert person_in(understood(as_bytes(records=[RECORD] * 1000))).seed == 7


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a picture", PNG * 100),
        ("a picture in a zip", zipped(json=as_bytes(), png=PNG)),
        ("a picture for the page", zipped(png=PNG)),
        ("a zip in a zip", zipped(json=zipped(json=as_bytes()))),
        ("a name twice", as_bytes().replace(b'"seed": 7', b'"seed": 7, "seed": 8')),
        ("a name twice, deep down", with_raw("diary", '{"a": {"b": 1, "b": 2}}')),
        ("a number too large to be one", with_raw("diary", '{"a": 1e999}')),
        ("a number that no database takes", with_raw("diary", '{"a": 99999999999999999999}')),
        ("a seed of a thousand digits", as_bytes().replace(b'"seed": 7', b'"seed": ' + b"9" * 1000)),
        ("infinity", with_raw("diary", '{"a": Infinity}')),
        ("lists in lists", with_raw("diary", '{"a": ' + "[" * 5000 + "]" * 5000 + "}")),
        ("a kind with a zero in it", as_bytes(records=[{**RECORD, "kind": "a\x00b"}])),
        ("half a letter as a kind", as_bytes(records=[{**RECORD, "kind": "\ud800"}])),
        ("a kind as long as a book", as_bytes(records=[{**RECORD, "kind": "x" * 10_000}])),
        ("a day before all days", as_bytes(records=[{**RECORD, "at": "0001-01-01T00:00:00+00:00"}])),
        ("a day after all days", as_bytes(made_at="9999-12-31T23:59:59+00:00")),
        ("a body that is a list", as_bytes(records=[{**RECORD, "body": []}])),
        ("true for a number", as_bytes(person={**EXPORT["person"], "seed": True})),
        ("a thousand conversations", as_bytes(conversations={f"a{n}": {} for n in range(1000)})),
        ("bytes that are no text", as_bytes().replace(b'"en"', b'"\xff\xfe"')),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_refused_in_a_sentence(name: str, content: bytes) -> None:
    said = refusal(content)

    assert said.endswith("."), name
    assert len(said) < 200


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(lambda: b'{"a": [' + b"[]," * (6 * MEGABYTE) + b"[]]}", id="empty lists"),
        pytest.param(lambda: b"[" + b"1," * (9 * MEGABYTE) + b"1]", id="numbers"),
        pytest.param(lambda: b'{"a": ' + b'{"a":' * (3 * MEGABYTE), id="objects in objects"),
        pytest.param(lambda: zipped(json=b"[" + b"0," * (30 * MEGABYTE) + b"0]"), id="a zip of numbers"),
        pytest.param(lambda: zipped(json=b" " * (LARGEST_JSON + 1)), id="a zip of blanks"),
        pytest.param(lambda: many_files(50_000), id="a zip of empty files"),
    ],
)
def test_a_bomb_costs_no_more_than_its_own_size_and_a_moment(bomb: Any) -> None:
    content = bomb()
    assert len(content) <= LARGEST_FILE
    began = time.monotonic()

    peak = peak_of(content)

    assert peak < 2.2 * LARGEST_JSON
    assert time.monotonic() - began < 5


def test_the_largest_that_is_let_through_to_the_reader_stays_bearable() -> None:
    """Everything under the limits still has to fit: a hundred thousand records of somebody."""
    content = as_bytes(records=[RECORD] * 100_000)

    tracemalloc.start()
    export = understood(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(export.records) == 100_000
    assert peak < 300 * MEGABYTE


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
        max_leaves=12,
    ),
    st.sampled_from([*EXPORT, *(f"person.{name}" for name in EXPORT["person"])]),
)
def test_anything_anywhere_is_read_or_refused_and_never_breaks(value: Any, place: str) -> None:
    first, _, second = place.partition(".")
    changed = {**EXPORT[first], second: value} if second else value
    with suppress(ImportRefused):
        person_in(understood(as_bytes(**{first: changed})))
