"""The tables of all that Tare is built on: from the lock, the installed packages and pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from docs.licences import REMARKED, licence_of, parts_of
from docs.tables import table

ROOT = Path(__file__).parent.parent
PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)")
WANTED = re.compile(r"^ +# +(?:via +)?(?!via$)(\S+(?: \(.+\))?)$", re.MULTILINE)
REASON = re.compile(r"^ +\"([\w.-]+).*\", +# (.+)$", re.MULTILINE)
OURS, BUILDS = "tare (pyproject.toml)", "tare (pyproject.toml:build)"


@dataclass(frozen=True, slots=True)
class Pinned:
    """One package of the lock, in as many versions as Pythons need, and who wants it."""

    name: str
    versions: tuple[str, ...]
    wanted_by: tuple[str, ...]


def pinned(lock: str) -> list[Pinned]:
    """Read the packages of a lock, by name."""
    found: dict[str, Pinned] = {}
    for block in re.split(r"\n(?=\w)", lock):
        if head := PINNED.match(block):
            name, version = head.groups()
            there = found.get(name, Pinned(name, (), ()))
            wanted = dict.fromkeys((*there.wanted_by, *WANTED.findall(block)))
            found[name] = Pinned(name, (*there.versions, version), tuple(wanted))
    return list(found.values())


def reasons(project: str) -> dict[str, str]:
    """Return why each package is there, from the remarks in the text of pyproject.toml."""
    (listed,) = re.findall(r"^dependencies = \[\n(.*?)^\]$", project, re.DOTALL | re.MULTILINE)
    return {name.lower(): reason for name, reason in REASON.findall(listed)}


def asked_for(project: str) -> set[str]:
    """Return what pyproject.toml asks for, to run and to build."""
    there = tomllib.loads(project)
    wanted = [*there["project"]["dependencies"], *there["dependency-groups"]["build"]]
    return {re.split(r"[\[<>=; ]", each)[0].lower() for each in wanted}


def licences(locked: Iterable[Pinned]) -> dict[str, str]:
    """Return the licence of each package, "" where none is known or the package is not installed here."""
    return {each.name: _licence(each.name) for each in locked}


def _licence(name: str) -> str:
    try:
        return licence_of(distribution(name))
    except PackageNotFoundError:
        return ""


def packages() -> str:
    """Return the table of what Tare asks for itself."""
    why = reasons((ROOT / "pyproject.toml").read_text("utf-8"))
    return _table(
        "why", ((each, why.get(each.name, "builds the package")) for each in _locked() if _is_ours(each))
    )


def their_packages() -> str:
    """Return the table of what those ask for."""
    return _table(
        "asked for by", ((each, ", ".join(each.wanted_by)) for each in _locked() if not _is_ours(each))
    )


def _locked() -> list[Pinned]:
    return pinned((ROOT / "requirements.lock").read_text("utf-8"))


def _is_ours(package: Pinned) -> bool:
    return bool({OURS, BUILDS} & {*package.wanted_by})


def _table(last: str, rows: Iterable[tuple[Pinned, str]]) -> str:
    return table(
        ("package", "version", "licence", last),
        [
            (f"`{each.name}`", ", ".join(each.versions), _remarked(_licence(each.name)), why)
            for each, why in rows
        ],
    )


def _remarked(licence: str) -> str:
    remarks = [REMARKED[each] for each in sorted(parts_of(licence)) if each in REMARKED]
    return "; ".join([licence, *remarks])
