"""A person's diary on its way to the store and back, by the types of its entries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from flows.diary import Diary, DrawnMap
from flows.person import Crisis

NAME = "diary"
"""The diary lies beside the conversations, under a name that no flow has: written only when it changed."""

VERSION = 1


@cache
def _adapter() -> TypeAdapter[Diary]:
    return TypeAdapter(Diary)


def as_plain(diary: Diary) -> dict[str, Any]:
    """Return what is stored of a diary, ready for JSON: whatever is not as in an empty one."""
    plain: dict[str, Any] = _adapter().dump_python(diary, mode="json", exclude_defaults=True)
    return plain


def from_plain(stored: Mapping[str, Any]) -> Diary:
    """Return the stored diary. Raises ValueError when it cannot be read."""
    return _adapter().validate_python(stored)


@cache
def _crisis() -> TypeAdapter[Crisis]:
    return TypeAdapter(Crisis)


def crisis_as_plain(crisis: Crisis) -> dict[str, Any]:
    """Return what is stored of a crisis with the person, sealed like the rest: {} when there is none."""
    plain: dict[str, Any] = _crisis().dump_python(crisis, mode="json", exclude_defaults=True)
    return plain


def crisis_from_plain(stored: Mapping[str, Any] | None) -> Crisis:
    """Return the stored crisis. Raises ValueError when it cannot be read."""
    return _crisis().validate_python(stored or {})


def before_there_were_diaries(drawn: Mapping[str, Any] | None) -> Diary:
    """Return a diary with the one map that the first releases kept with the person, without its time."""
    if not drawn:
        return Diary()
    return Diary(
        maps=(
            DrawnMap(
                at=datetime.fromtimestamp(0, UTC),
                rule_version=str(drawn["rule_version"]),
                tier=int(drawn["tier"]),
                points=dict(drawn["points"]),
                words={},
                lead=tuple(drawn["lead"]),
                unclear=bool(drawn["unclear"]),
                reasons=tuple(drawn["reasons"]),
                out_flag=bool(drawn["out_flag"]),
            ),
        )
    )
