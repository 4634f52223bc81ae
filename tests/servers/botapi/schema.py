"""The Bot API as a table: botapi.json read once, every call and every nested object checked against it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .shapes import Json, JsonObject

TRUE_WORDS = {"true", "yes", "1"}
FALSE_WORDS = {"false", "no", "0", ""}


class WrongTypeError(ValueError):
    """A value that cannot be read as what the table asks for; says what was expected."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method, with the reader for the form it arrives in."""

    name: str
    types: tuple[str, ...]
    read: Callable[[Json], Json]

    @property
    def takes_file(self) -> bool:
        return "InputFile" in self.types

    @property
    def is_nested(self) -> bool:
        return self.read is read_nested


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    parameters: dict[str, Parameter]
    required: tuple[str, ...]


def read_integer(raw: Json) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lstrip("-").isascii() and raw.lstrip("-").isdigit():
        return int(raw)
    raise WrongTypeError("an Integer")


def read_chat(raw: Json) -> int | str:
    try:
        return read_integer(raw)
    except WrongTypeError:
        return read_string(raw)


def read_float(raw: Json) -> float:
    if isinstance(raw, bool):
        raise WrongTypeError("a Float")
    try:
        return float(raw)
    except (TypeError, ValueError):
        raise WrongTypeError("a Float") from None


def read_boolean(raw: Json) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise WrongTypeError("a Boolean")
    return word in TRUE_WORDS


def read_string(raw: Json) -> str:
    if not isinstance(raw, str):
        raise WrongTypeError("a String")
    return raw


def read_nested(raw: Json) -> Json:
    """Objects and arrays come JSON-serialized in forms and as they are in JSON bodies."""
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        raise WrongTypeError("JSON-serialized") from None


def as_given(raw: Json) -> Json:
    return raw


READERS: dict[tuple[str, ...], Callable[[Json], Json]] = {
    ("Integer",): read_integer,
    ("Integer", "String"): read_chat,
    ("Float",): read_float,
    ("Boolean",): read_boolean,
    ("String",): read_string,
    ("InputFile",): as_given,
    ("InputFile", "String"): as_given,
}

SCALARS: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "String": str,
    "InputFile": str,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A nested value that does not fit. The real server ignores unknown fields and refuses the rest."""

    text: str
    refused: bool = True


class Schema:
    """All methods (by lower-case name) and all types of one version of the Bot API."""

    def __init__(self, tables: JsonObject) -> None:
        self.version: str = tables["version"]
        self.types: dict[str, JsonObject] = tables["types"]
        self.methods = {name.lower(): _method(table) for name, table in tables["methods"].items()}
        self._flat: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._fields = {
            name: {field["name"]: tuple(field["types"]) for field in table.get("fields", [])}
            for name, table in self.types.items()
        }
        self._required = {
            name: [field["name"] for field in table.get("fields", []) if field["required"]]
            for name, table in self.types.items()
        }

    def update_kinds(self) -> list[str]:
        return [name for name in self._fields["Update"] if name != "update_id"]

    def problems(self, value: Json, types: tuple[str, ...], where: str) -> list[Problem]:
        """What is wrong with a nested value: empty when it fits one of the types, else the nearest miss."""
        nearest: list[Problem] | None = None
        for kind in self._branches(types):
            found = list(self._mismatches(value, kind, where))
            if not found:
                return []
            if nearest is None or len(found) < len(nearest):
                nearest = found
        return nearest or []

    def _branches(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """The types without their abstract parents; worked out once for each combination."""
        if types not in self._flat:
            nested = [tuple(self.types.get(kind, {}).get("subtypes") or ()) for kind in types]
            flat = [
                self._branches(inner) if inner else (kind,) for kind, inner in zip(types, nested, strict=True)
            ]
            self._flat[types] = tuple(kind for branch in flat for kind in branch)
        return self._flat[types]

    def _mismatches(self, value: Json, kind: str, where: str) -> Iterator[Problem]:
        if kind.startswith("Array of "):
            yield from self._array_mismatches(value, kind.removeprefix("Array of "), where)
        elif kind in SCALARS:
            if not isinstance(value, SCALARS[kind]) or (isinstance(value, bool) and kind != "Boolean"):
                yield Problem(f"{where} must be of type {kind}")
        elif not isinstance(value, dict):
            yield Problem(f"{where} must be of type {kind}")
        else:
            yield from self._object_mismatches(value, kind, where)

    def _array_mismatches(self, value: Json, kind: str, where: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(f"{where} must be an Array")
            return
        for index, item in enumerate(value):
            yield from self.problems(item, (kind,), f"{where}[{index}]")

    def _object_mismatches(self, value: JsonObject, kind: str, where: str) -> Iterator[Problem]:
        fields = self._fields[kind]
        for name, item in value.items():
            if name not in fields:
                yield Problem(f"{where} has an unknown field {name!r} for {kind}", refused=False)
            else:
                yield from self.problems(item, fields[name], f"{where}.{name}")
        for name in self._required[kind]:
            if name not in value:
                yield Problem(f"{where} lacks the field {name!r} of {kind}")


def _method(table: JsonObject) -> Method:
    fields = table.get("fields", [])
    return Method(
        name=table["name"],
        parameters={field["name"]: _parameter(field) for field in fields},
        required=tuple(field["name"] for field in fields if field["required"]),
    )


def _parameter(field: JsonObject) -> Parameter:
    types = tuple(field["types"])
    return Parameter(field["name"], types, READERS.get(types, read_nested))


@cache
def schema() -> Schema:
    """The tables of the copy next to this file, read once in a process."""
    return Schema(json.loads(Path(__file__).with_name("botapi.json").read_text(encoding="utf-8")))
