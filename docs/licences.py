"""Under which licence an installed package is, as SPDX names it, and which licences Tare may rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import Distribution

SPDX: Mapping[str, str] = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
"""What older packages write, in the field or in a classifier, where it leaves no doubt."""

READ_BY_HAND: Mapping[str, str] = {
    "cycler": "BSD-3-Clause",
    "emoji": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "LicenseRef-matplotlib",
    "uvloop": "Apache-2.0 OR MIT",
}
"""Where the metadata leave it open ("BSD License", a whole text): read in the licence file of the package."""

FREE = frozenset(
    (
        *("MIT", "MIT-0", "MIT-CMU", "HPND", "ISC", "Zlib", "0BSD", "BSD-2-Clause", "BSD-3-Clause"),
        *("Apache-2.0", "PSF-2.0", "CNRI-Python", "LicenseRef-matplotlib", "CC0-1.0"),
    )
)
"""What asks for no more than that its text comes along."""

REMARKED: Mapping[str, str] = {
    "LGPL-3.0-only": "[LGPL](#the-four-under-the-lgpl)",
    "MPL-2.0": "a changed file of it stays under it; none is changed",
}
"""What asks for more, and where that is said."""


def licence_of(package: Distribution) -> str:
    """Return the licence as an expression of SPDX, "" when the package names none that is known here."""
    about = package.metadata
    stated = first_of(package, "License-Expression") or READ_BY_HAND.get(about["Name"].lower())
    if stated:
        return stated
    classified = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier", ())]
    named = [*first_of(package, "License").strip().splitlines()[:1], *classified]
    return next((SPDX.get(each, each) for each in named if each in SPDX or parts_of(each) <= allowed()), "")


def first_of(package: Distribution, field: str) -> str:
    """Return what the metadata say in this field, "" when they leave it out."""
    return next(iter(package.metadata.get_all(field, ())), "")


def parts_of(expression: str) -> set[str]:
    """Return the single licences of an expression."""
    return set(re.split(r" (?:AND|OR) ", re.sub(r"[()]", "", expression)))


def allowed() -> set[str]:
    """Return every licence that a package may have."""
    return {*FREE, *REMARKED}
