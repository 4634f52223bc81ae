"""Stores for every test, on SQLite and on PostgreSQL; which tests stay together; what a run shows last."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from bot.storage import Keyring, Store, migrate, revision
from bot.storage.schema import newest
from bot.storage.tables import metadata
from tests.servers.botapi import BotApi
from tests.servers.postgres import PostgresServer, running_postgres
from tests.serving.given import World

TEMPLATE = "tare_template"

# The same examples in every run, as in CI; `--hypothesis-profile=default` looks for new ones.
settings.load_profile("ci")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        migrate(server.create(TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def spare_databases() -> list[str]:
    """Names of databases that are clean again. Emptying one takes 10 ms, making one more than 100."""
    return []


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, spare_databases: list[str]) -> Iterator[str]:
    """A database of its own, with tables and nothing in them."""
    name = spare_databases.pop() if spare_databases else postgres_server.create_next(TEMPLATE)
    yield postgres_server.url(name)
    if emptied(postgres_server.url(name)):
        spare_databases.append(name)
    else:
        postgres_server.drop(name)


def emptied(url: str) -> bool:
    """False when the test has changed the tables: then nobody else should get them."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    if revision(url) != newest():
        return False
    try:
        with psycopg.connect(url) as connection:
            connection.execute(f"{others} AND pid <> pg_backend_pid()")
            for table in reversed(metadata.sorted_tables):
                connection.execute(f"DELETE FROM {table.name}".encode())
    except psycopg.errors.UndefinedTable:
        return False
    return True


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "tare.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A file of its own, with tables and nothing in them."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'tare.db')}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring.generate()


@pytest.fixture
async def store(database_url: str, keyring: Keyring) -> AsyncIterator[Store]:
    store = await Store.open(database_url, keyring)
    yield store
    await store.close()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api
        assert api.violations == []


@pytest.fixture
def world(api: BotApi, sqlite_url: str, tmp_path: Path) -> World:
    return World.around(api, sqlite_url, tmp_path)


@pytest.fixture
def either_world(api: BotApi, database_url: str, tmp_path: Path) -> World:
    return World.around(api, database_url, tmp_path)


class Figures:
    """What a test measured, shown after the run: a floor does not say how far above it something is."""

    def __init__(self, properties: list[tuple[str, object]]) -> None:
        self._properties = properties

    def append(self, line: str) -> None:
        self._properties.append((FIGURE, line))


FIGURE = "figure"


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Lines to show after the run, from whichever process the test ran in."""
    return Figures(request.node.user_properties)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [each for name in ("passed", "failed") for each in terminalreporter.stats.get(name, [])]
    lines = [line for each in reports for name, line in each.user_properties if name == FIGURE]
    if lines:
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.write_line(str(line))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that look at one long play stay in one process, so that it is played once, and begin first."""
    for item in items:
        if "crash" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group(play_of(item)))
    items.sort(key=lambda item: not {"crash", "soak", "fuzz"} & {*item.path.parts})


def play_of(item: pytest.Item) -> str:
    """The file and the database: two databases are two plays, which may go on side by side."""
    variant = item.name.partition("[")[2].partition("-")[0].rstrip("]")
    return f"{item.path.stem} {variant}".rstrip()
