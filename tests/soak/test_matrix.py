"""A few people in each row of the matrix, in weather as bad as there is: `make soak` has more of both."""

from __future__ import annotations

import asyncio
import os

import pytest

from tests.conftest import Figures
from tests.crash.aftermath import Aftermath
from tests.servers.postgres import PostgresServer
from tests.soak.report import cells, told
from tests.soak.rows import ROWS, Row
from tests.soak.soaking import Ground, Length

SEED = int(os.environ.get("TARE_TEST_SEED", "1"))
SHORT = Length(people=5, seconds=3.0, often=0.2)

pytestmark = pytest.mark.xdist_group("soak")


@pytest.fixture(scope="module")
def ground(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("soak"), postgres_server)


@pytest.fixture(scope="module")
def calm(ground: Ground) -> Aftermath:
    return asyncio.run(ground.calm(SEED, SHORT.people))


COVERED = {"polling-sqlite", "webhook-sqlite"}
"""By the kills of one process, in tests/crash and tests/web."""


@pytest.mark.parametrize("row", [row for row in ROWS if row.name not in COVERED], ids=lambda row: row.name)
def test_what_everybody_sees_and_what_is_kept_is_as_in_calm_whatever_happens(
    row: Row, ground: Ground, calm: Aftermath, figures: Figures
) -> None:
    soaked = asyncio.run(ground.soak(row, SEED, SHORT, calm))

    figures.append(f"{cells(soaked)}: {told(soaked.met)}")
    assert soaked.verdict.broken == []
    assert soaked.after.kills
    assert soaked.faults
    assert soaked.outages
    assert soaked.pushed_to == (len(row.processes) if row.pushed else 0)
