"""Whatever comes, nothing breaks, nothing is parked, and nobody notices the others: the short play."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.delivery.given import NOW
from tests.fuzz.play import played
from tests.fuzz.updates import Crowd
from tests.fuzz.walker import Walker
from tests.servers.botapi.schema import schema


@pytest.mark.parametrize(("seed", "listens"), [(7, False), (8, True)])
async def test_random_updates_break_nothing_and_nobody_notices_the_others(
    tmp_path: Path, seed: int, listens: bool
) -> None:
    told = await played(tmp_path, 1500, seed, people=20, listens=listens)

    assert told.startswith("1500 updates")


def test_updates_are_valid_by_the_bot_api_and_of_every_kind() -> None:
    crowd = Crowd(5, Random(1))
    updates = [crowd.update(NOW) for _ in range(1500)]

    problems = [each.text for one in updates for each in schema().problems(one, ("Update",), "update")]
    assert problems == []
    assert {name for one in updates for name in one} == {"update_id", *schema().update_kinds()}


def test_the_same_seed_makes_the_same_updates() -> None:
    one, other = (Crowd(5, Random(3)) for _ in range(2))

    assert [one.update(NOW) for _ in range(50)] == [other.update(NOW) for _ in range(50)]


@pytest.mark.parametrize("kind", sorted(schema().types.keys() - {"InputFile"}))  # nobody sends us that one
def test_a_value_of_any_type_can_be_made(kind: str) -> None:
    value = Walker(schema(), Random(kind)).object(kind)

    assert schema().problems(value, (kind,), kind) == []
