"""Values for any type of the Bot API, made from its machine-readable table: a new field comes by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.fuzz import words
from tests.servers.botapi.schema import SCALARS, Schema

DEEPEST = 4
"""Objects inside each other with fields that may be missing; further down only those that must be there."""

ONE_WORD = re.compile(r"(?:always|must be) [“\"']?(\w+)")
QUOTED = re.compile(r"[“\"](\w+)[”\"]")
NUMBERS = (0, 1, -1, 7, 255, 2**31 - 1, -(2**31), 2**52, 1_767_549_600)


@dataclass
class Walker:
    """Makes values by chance; the same chances make the same values."""

    schema: Schema
    chance: Random

    def value(self, types: tuple[str, ...], depth: int = 0, about: str = "") -> Any:
        """Return a value of one of the types. `about` describes it."""
        plain = [kind for kind in types if kind in SCALARS]
        kind = self.chance.choice(plain if plain and depth > DEEPEST else types)
        if kind.startswith("Array of "):
            inner = kind.removeprefix("Array of ")
            many = 0 if depth > DEEPEST else self.chance.choice((0, 1, 1, 2, 5))
            return [self.value((inner,), depth + 1) for _ in range(many)]
        return self._scalar(kind, about) if kind in SCALARS else self.object(kind, depth)

    def object(self, kind: str, depth: int = 0) -> Any:
        """Return an object with all the fields that must be there and some of the others."""
        table = self.schema.types[kind]
        if subtypes := table.get("subtypes"):
            flat = [each for each in subtypes if self._is_flat(each)] if depth > DEEPEST else []
            return self.value(tuple(flat or subtypes), depth)
        likely = 0.0 if depth >= DEEPEST else 0.3 / (1 + depth)
        return {
            field["name"]: self.value(tuple(field["types"]), depth + 1, field["description"])
            for field in table.get("fields", [])
            if field["required"] or self.chance.random() < likely
        }

    def _is_flat(self, kind: str) -> bool:
        """Whether nothing that must be there is an object of its own."""
        fields = self.schema.types.get(kind, {}).get("fields", [])
        return all({*field["types"]} & SCALARS.keys() for field in fields if field["required"])

    def field(self, kind: str, name: str) -> Any:
        """Return a value for one field of a type."""
        [field] = [each for each in self.schema.types[kind]["fields"] if each["name"] == name]
        return self.value(tuple(field["types"]), 1, field["description"])

    def _scalar(self, kind: str, about: str) -> Any:
        if kind == "Boolean":
            return True if "Always True" in about or "True, if" in about else self.chance.random() < 0.5
        if kind == "Integer":
            return self.chance.choice(NUMBERS) if self.chance.random() < 0.7 else self.chance.randint(0, 99)
        if kind == "Float":
            return self.chance.choice((0.0, -0.5, 1e-9, 1e300, 12.25))
        if one := ONE_WORD.search(about):
            return one[1]
        if several := QUOTED.findall(about):
            return self.chance.choice(several)
        return words.text(self.chance, [])
