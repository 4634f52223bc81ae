"""What Tare is built on is pinned, listed, and under licences that somebody has thought about."""

from __future__ import annotations

import json
import re
import zipfile
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from docs import advisories
from docs.advisories import concerns
from docs.dependencies import ROOT, asked_for, licences, pinned, reasons
from docs.licences import READ_BY_HAND, allowed, first_of, licence_of, parts_of

LOCK = pinned((ROOT / "requirements.lock").read_text("utf-8"))
PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
PAGE = (ROOT / "docs" / "reference" / "dependencies.md").read_text("utf-8")
ROW = re.compile(r"^\| `([\w.-]+)` \| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
LICENCES = licences(LOCK)


def package(folder: Path, *metadata: str) -> Distribution:
    """An installed package that says this of itself."""
    folder = folder / "other-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("\n".join(["Metadata-Version: 2.4", "Name: other", *metadata]), "utf-8")
    return PathDistribution(folder)


def test_the_page_lists_every_package_of_the_lock_in_its_version() -> None:
    raw = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {f"{name} {version}" for name, version in re.findall(r"^(\S+?)==([^\s;]+)", raw, re.MULTILINE)}

    listed = {
        f"{name} {version}" for name, versions, _ in ROW.findall(PAGE) for version in versions.split(", ")
    }

    assert listed == locked


def test_everything_that_is_asked_for_is_pinned() -> None:
    assert asked_for(PROJECT) <= {each.name for each in LOCK}


def test_everything_that_tare_asks_for_itself_has_a_reason() -> None:
    to_build = {"hatchling", "editables"}

    assert asked_for(PROJECT) - to_build == set(reasons(PROJECT))


@pytest.mark.parametrize("name", LICENCES)
def test_every_package_has_a_licence_that_is_allowed(name: str) -> None:
    assert LICENCES[name]
    assert parts_of(LICENCES[name]) <= allowed()


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        (("License-Expression: Apache-2.0 OR BSD-3-Clause",), "Apache-2.0 OR BSD-3-Clause"),
        (("License: MIT",), "MIT"),
        (("License: BSD 3-Clause License",), "BSD-3-Clause"),
        (("Classifier: License :: OSI Approved :: MIT License",), "MIT"),
        (("License: MIT, roughly",), ""),
        (("Classifier: License :: OSI Approved :: BSD License",), ""),
        ((), ""),
    ],
)
def test_a_licence_is_taken_from_the_metadata_only_where_it_leaves_no_doubt(
    tmp_path: Path, metadata: tuple[str, ...], licence: str
) -> None:
    assert licence_of(package(tmp_path, *metadata)) == licence


@pytest.mark.parametrize(
    "licence", ["AGPL-3.0-only", "MIT AND GPL-3.0-only", "Apache-2.0 OR (SSPL-1.0 AND MIT)"]
)
def test_a_licence_that_nobody_has_thought_about_is_not_allowed(tmp_path: Path, licence: str) -> None:
    assert not parts_of(licence_of(package(tmp_path, f"License-Expression: {licence}"))) <= allowed()


@pytest.mark.parametrize("name", READ_BY_HAND)
def test_what_was_read_by_hand_still_names_no_licence_itself(name: str) -> None:
    """Otherwise the package's own word is the better one."""
    assert name in LICENCES
    assert first_of(distribution(name), "License-Expression") == ""


@pytest.mark.parametrize("name", [name for name, licence in LICENCES.items() if "LGPL" in licence])
def test_the_text_of_the_lgpl_comes_along_with_what_is_under_it(name: str) -> None:
    texts = [each.read_text() for each in distribution(name).files or () if "LICENSE" in each.name]

    assert any("GNU LESSER GENERAL PUBLIC LICENSE" in text for text in texts)
    assert name in PAGE.partition("## The four under the LGPL")[2].partition("\n## ")[0]


def test_the_text_of_the_gpl_which_the_lgpl_builds_on_comes_along_too() -> None:
    texts = [
        each.read_text() for each in distribution("python-telegram-bot").files or () if "LICENSE" in each.name
    ]

    assert any(text.lstrip().startswith("GNU GENERAL PUBLIC LICENSE") for text in texts)


@pytest.mark.parametrize(
    ("name", "file"),
    [("babel", "LICENSE.unicode"), ("matplotlib", "LICENSE_DEJAVU"), ("certifi", "LICENSE")],
)
def test_the_terms_of_data_come_along_with_them(name: str, file: str) -> None:
    there = [each for each in distribution(name).files or () if each.name == file]

    assert there
    assert all(Path(str(each.locate())).stat().st_size > 200 for each in there)


def test_those_whose_data_are_used_are_named_where_their_licences_ask_for_it() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    fonts = (ROOT / "bot" / "pictures" / "fonts" / "OFL.txt").read_text("utf-8")
    notice = (ROOT / "tests" / "servers" / "botapi" / "NOTICE").read_text("utf-8")

    for page in (readme, PAGE):
        for credit in ("GeoNames", "https://www.geonames.org", "CC BY 4.0", "CLDR", "Noto Sans"):
            assert credit in page
    assert "https://creativecommons.org/licenses/by/4.0/" in PAGE
    assert "Copyright 2015 Google LLC" in fonts
    assert "SIL OPEN FONT LICENSE" in fonts.upper()
    assert "Permission is hereby granted" in notice


RANGE = {
    "ranges": [
        {
            "type": "ECOSYSTEM",
            "events": [
                {"introduced": "0"},
                {"fixed": "1.2"},
                {"introduced": "2.0"},
                {"last_affected": "2.3"},
            ],
        }
    ]
}


@pytest.mark.parametrize(
    ("version", "affected"),
    [("1.1.9", True), ("1.2", False), ("1.10", False), ("2.0", True), ("2.3", True), ("2.3.1", False)],
)
def test_a_version_within_a_range_is_affected(version: str, affected: bool) -> None:
    assert concerns(RANGE, version) is affected


def test_a_version_that_is_listed_is_affected_and_another_is_not() -> None:
    assert concerns({"versions": ["1.0", "1.1"]}, "1.1")
    assert not concerns({"versions": ["1.0", "1.1"]}, "1.2")


def archive(folder: Path, *records: dict[str, object]) -> str:
    file = folder / "all.zip"
    with zipfile.ZipFile(file, "w") as bundle:
        for record in records:
            bundle.writestr(f"{record['id']}.json", json.dumps(record))
    return str(file)


def record(name: str, package: str, ecosystem: str = "PyPI", **more: object) -> dict[str, object]:
    everything = {"events": [{"introduced": "0"}], "type": "ECOSYSTEM"}
    affected = {"package": {"name": package, "ecosystem": ecosystem}, "ranges": [everything]}
    return {
        "id": name,
        "modified": "2026-11-01T00:00:00Z",
        "summary": "It leaks.",
        "affected": [affected],
        **more,
    }


def test_what_is_known_of_a_pinned_version_is_told_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = archive(
        tmp_path,
        record("PYSEC-1", "Jinja2"),
        record("PYSEC-2", "jinja2", withdrawn="2026-11-02T00:00:00Z"),
        record("GHSA-3", "jinja2", ecosystem="npm"),
        record("PYSEC-4", "somebody-else-s"),
    )

    assert advisories.main(known) == 1
    told = capsys.readouterr().out
    (version,) = next(each.versions for each in LOCK if each.name == canonicalize_name("Jinja2"))
    assert f"Jinja2 {version}: PYSEC-1 It leaks." in told
    assert "1 advisories. The newest record is of 2026-11-01." in told


def test_an_archive_in_which_nothing_concerns_us_ends_with_0_and_an_empty_one_with_1(tmp_path: Path) -> None:
    assert advisories.main(archive(tmp_path, record("PYSEC-4", "somebody-else-s"))) == 0
    assert advisories.main(archive(tmp_path)) == 1
