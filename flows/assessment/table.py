"""Reading a table of numbers that a person wrote: everything wrong is collected, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TypeGuard, TypeVar

from flows.assessment.explanations import Explanation

Points = Mapping[Explanation, float]
_Part = TypeVar("_Part")
_Name = TypeVar("_Name", bound=StrEnum)
_Figures = TypeVar("_Figures", bound="Figures")


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that a number may be."""

    least: float
    most: float

    def clip(self, number: float) -> float:
        return min(self.most, max(self.least, number))


@dataclass(frozen=True, slots=True)
class Figures:
    """A part that is nothing but numbers, written under the names of its fields."""


@dataclass(slots=True)
class Complaints:
    """What is wrong with a table, one line each: the place, what is wrong there, and the remedy."""

    lines: list[str] = field(default_factory=list)

    def add(self, place: str, what: str) -> None:
        self.lines.append(f"{place}: {what}")


class Table:
    """One part of the table, at a place such as `caps.R`. A wrong value is complained of and read as nothing.

    A part that is missing is complained of once, not again for everything inside it.
    """

    def __init__(self, content: object, place: str, complaints: Complaints) -> None:
        self._place = place
        self._complaints = complaints
        self._silent = content is None
        self._read: set[str] = set()
        if content is not None and not isinstance(content, Mapping):
            complaints.add(place, "is not a table; write it as [name] with its keys below")
            self._silent = True
        self._content: Mapping[str, object] = content if isinstance(content, Mapping) else {}

    def complain(self, key: str, what: str) -> None:
        if not self._silent:
            self._complaints.add(self._at(key), what)

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def get(self, key: str) -> object:
        """Return what stands at the key; complain when nothing does."""
        self._read.add(key)
        if key not in self._content:
            self.complain(key, "is missing; add it")
        return self._content.get(key)

    def number(self, key: str) -> float:
        """Return the number at the key; 0 when it is none."""
        found = self.get(key)
        if _is_number(found):
            return float(found)
        self._refuse(key, found, "a number; write a plain number")
        return 0.0

    def whole(self, key: str) -> int:
        """Return the whole number at the key; 0 when it is none."""
        found = self.number(key)
        if found != int(found):
            self._refuse(key, found, "a whole number; write one without a fraction")
        return int(found)

    def text(self, key: str) -> str:
        found = self.get(key)
        if isinstance(found, str) and found:
            return found
        self._refuse(key, found, "a text; write it in quotes")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.get(key)
        if isinstance(found, list) and found and all(isinstance(one, str) for one in found):
            return tuple(found)
        self._refuse(key, found, 'a list of texts; write ["one", "two"]')
        return ()

    def numbers(self, key: str) -> tuple[float, ...]:
        return self._as_numbers(key, self.get(key))

    def span(self, key: str) -> Span:
        """Return a pair [least, most]; a span of nothing when it is none."""
        return self._as_span(key, self.get(key))

    def spans(self, key: str) -> tuple[Span, ...]:
        found = self.get(key)
        if isinstance(found, list) and found:
            return tuple(self._as_span(f"{key}[{place}]", one) for place, one in enumerate(found))
        self._refuse(key, found, "a list of pairs; write [[-6, 10], [-4, 7]]")
        return (Span(0.0, 0.0),)

    def table(self, key: str) -> Table:
        """Return the part at the key; an empty one, already complained of, when there is none."""
        return Table(self.get(key), self._at(key), self._complaints)

    def figures(self, key: str, kind: type[_Figures]) -> _Figures:
        """Return a part that is nothing but numbers."""
        return self.table(key).as_figures(kind)

    def as_figures(self, kind: type[_Figures]) -> _Figures:
        read = kind(**{one.name: self.number(one.name) for one in fields(kind)})
        self.nothing_else()
        return read

    def tables(self, key: str, read: Callable[[Table], _Part]) -> tuple[_Part, ...]:
        """Read every part of a list of tables."""
        found = self.get(key)
        if isinstance(found, list) and found:
            parts = (Table(one, f"{self._at(key)}[{n}]", self._complaints) for n, one in enumerate(found))
            return tuple(read(part) for part in parts)
        self._refuse(key, found, "a list of tables; write [[name]] above each")
        return ()

    def named(self, key: str, names: Iterable[str], kind: str) -> str:
        """Return the text at the key if it is one of the names, otherwise an empty one."""
        found = self.text(key)
        return found if not found or self.knows(key, found, names, kind) else ""

    def knows(self, key: str, found: str, names: Iterable[str], kind: str) -> bool:
        """Return whether `found` is one of the names; complain, with the names, when it is not."""
        self._read.add(key)
        allowed = tuple(names)
        if found not in allowed:
            self.complain(key, f"there is no {kind} {found!r}; use one of {', '.join(allowed)}")
        return found in allowed

    def points(self, key: str) -> Points:
        return self.table(key).by_name(Explanation, "explanation")

    def by_name(self, names: type[_Name], kind: str) -> Mapping[_Name, float]:
        """Read the whole part as numbers by name."""
        return {names(key): self.number(key) for key in self if self.knows(key, key, names, kind)}

    def nothing_else(self) -> None:
        """Complain of every key that nobody read: most are slips of the pen."""
        for key in self._content:
            if key not in self._read:
                known = ", ".join(sorted(self._read)) or "nothing"
                self.complain(key, f"is not part of the rule; remove it or correct it (known here: {known})")

    def _as_numbers(self, key: str, found: object) -> tuple[float, ...]:
        if isinstance(found, list) and found and all(_is_number(one) for one in found):
            return tuple(float(one) for one in found)
        self._refuse(key, found, "a list of numbers; write [1, 2]")
        return ()

    def _as_span(self, key: str, found: object) -> Span:
        pair = self._as_numbers(key, found)
        if len(pair) == 2 and pair[0] <= pair[1]:
            return Span(pair[0], pair[1])
        if pair:
            self._refuse(key, found, "a least and a most; write [least, most]")
        return Span(0.0, 0.0)

    def _refuse(self, key: str, found: object, wanted: str) -> None:
        if found is not None:  # what is missing was complained of already
            self.complain(key, f"{found!r} is not {wanted}")

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key


def _is_number(found: object) -> TypeGuard[int | float]:
    """A plain finite number; nobody means a million points."""
    return isinstance(found, int | float) and not isinstance(found, bool) and -1e6 < found < 1e6
