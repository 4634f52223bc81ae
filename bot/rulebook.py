"""Loads the decision rule from the table that ships with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from flows.assessment.rule import Rule, RuleError

NAME = "rule_1.toml"


@cache
def rulebook() -> Rule:
    """Return the current rule, read once. Raises RuleError, which says what to correct, when it is wrong."""
    return Rule.from_table(rule_table())


def rule_table() -> dict[str, object]:
    """Return the table as it is written. Raises RuleError when it is not TOML."""
    try:
        return tomllib.loads((files("flows.assessment") / NAME).read_text("utf-8"))
    except tomllib.TOMLDecodeError as slip:
        raise RuleError((f"{NAME}: {slip}; correct the line it names",)) from slip
