"""Known vulnerabilities of what the lock pins, from an archive of the OSV database: needs no network.

`python -m docs.advisories all.zip` ends with 1 when there are some. The form of the records: https://ossf.github.io/osv-schema
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from docs.dependencies import ROOT, Pinned, pinned

ORDER = {"introduced": 0, "fixed": 1, "last_affected": 1}
"""The order of what happens at the same version: it begins before it ends."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """What is known about one pinned version."""

    package: str
    version: str
    name: str
    summary: str


def advisories(archive: Path, packages: Sequence[Pinned]) -> tuple[list[Advisory], str]:
    """Return what is known about these packages, and the day of the newest record in the archive."""
    versions = {canonicalize_name(each.name): each.versions for each in packages}
    found: list[Advisory] = []
    newest = ""
    with zipfile.ZipFile(archive) as records:
        for entry in records.namelist():
            record = json.loads(records.read(entry))
            newest = max(newest, str(record.get("modified", ""))[:10])
            found += [] if record.get("withdrawn") else _about(record, versions)
    return sorted(set(found), key=lambda each: (each.package, each.version, each.name)), newest


def _about(record: Mapping[str, Any], versions: Mapping[Any, Sequence[str]]) -> Iterator[Advisory]:
    for affected in record.get("affected", ()):
        package = affected.get("package", {})
        if package.get("ecosystem") != "PyPI":
            continue
        for version in versions.get(canonicalize_name(package.get("name", "")), ()):
            if concerns(affected, version):
                yield Advisory(package["name"], version, record["id"], record.get("summary", ""))


def concerns(affected: Mapping[str, Any], version: str) -> bool:
    """Tell whether a version is listed as affected, or lies within a range that is."""
    if version in affected.get("versions", ()):
        return True
    ranges = [each for each in affected.get("ranges", ()) if each.get("type") == "ECOSYSTEM"]
    return any(_within(each["events"], Version(version)) for each in ranges)


def _within(events: Sequence[Mapping[str, str]], version: Version) -> bool:
    within = False
    for at, _, what in sorted(_points(events)):
        if what == "introduced" and version >= at:
            within = True
        elif (what == "fixed" and version >= at) or (what == "last_affected" and version > at):
            within = False
    return within


def _points(events: Sequence[Mapping[str, str]]) -> Iterator[tuple[Version, int, str]]:
    """Yield what happens at which version; old ones that follow no rule say nothing."""
    for event in events:
        for what, at in event.items():
            try:
                if what in ORDER:
                    yield Version(at), ORDER[what], what
            except InvalidVersion:
                continue


def main(archive: str) -> int:
    """Print what is known, and return the exit code."""
    packages = pinned((ROOT / "requirements.lock").read_text("utf-8"))
    found, newest = advisories(Path(archive), packages)
    for each in found:
        print(f"{each.package} {each.version}: {each.name} {each.summary}".rstrip())
    print(f"{len(packages)} packages, {len(found)} advisories. The newest record is of {newest or 'nobody'}.")
    return 1 if found or not newest else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else "Which archive? python -m docs.advisories all.zip")
