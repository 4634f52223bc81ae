"""PostgreSQL as Tare uses it: how many connections, how long anything may take, and what a proxy changes."""

from __future__ import annotations

import logging
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

log = logging.getLogger(__name__)

CONNECTIONS = 6
"""Kept open: intake, what is written down, leftovers, nudges, slots, and a chore or a look-up."""

MORE_CONNECTIONS = 4
"""When all are busy, for a while: two look-ups, and whoever asks how we are. A server takes 100 in all."""

FREE_WITHIN = 10
"""Seconds that a transaction waits for a connection."""

RENEWED_AFTER = 1800
"""Seconds after which a connection is replaced, so that a server that was moved is found again."""

TIMEOUTS = {
    "statement_timeout": "20s",  # the longest that is normal takes a second
    "lock_timeout": "10s",  # then somebody hangs, and we begin again
    "idle_in_transaction_session_timeout": "60s",  # it holds back the clean-up, and claims get slow
}

ALIVE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,  # milliseconds; a server that vanished without a word is given up
}

LOCALLY = "SELECT " + ", ".join(f"set_config('{name}', '{value}', true)" for name, value in TIMEOUTS.items())
"""Behind a proxy, at the begin of each transaction: a session there is somebody else's a moment later."""

POOLED = "pooled"
"""The mark of a connection that leads to a proxy which pools transactions."""


def postgres_engine(url: URL) -> AsyncEngine:
    """For the bot: connections with our timeouts, directly or through a proxy that pools transactions."""
    engine = create_async_engine(
        url,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args=postgres_arguments(url) | _options(url),
        pool_size=CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        pool_timeout=FREE_WITHIN,
        pool_recycle=RENEWED_AFTER,
        pool_use_lifo=True,
    )
    _mind_proxies(engine.sync_engine)
    return engine


def postgres_arguments(url: URL) -> dict[str, Any]:
    """What every connection is opened with, but for what the address says otherwise."""
    ours = {"application_name": "tare", **ALIVE}
    return {name: value for name, value in ours.items() if name not in url.query}


def _options(url: URL) -> dict[str, str]:
    """Timeouts as the server is told at the start of a session; an address with options has the last word."""
    if "options" in url.query:
        return {}
    return {"options": " ".join(f"-c {name}={value}" for name, value in TIMEOUTS.items())}


def _mind_proxies(engine: Engine) -> None:
    @event.listens_for(engine, "do_connect")
    def connect(
        dialect: Dialect, entry: ConnectionPoolEntry, arguments: Any, named: dict[str, Any]
    ) -> DBAPIConnection:
        entry.info.pop(POOLED, None)
        try:
            return dialect.connect(*arguments, **named)
        except psycopg.OperationalError as refused:
            if "options" not in named or "startup parameter" not in str(refused):
                raise
        entry.info[POOLED] = True
        return dialect.connect(*arguments, **{name: named[name] for name in named if name != "options"})

    @event.listens_for(engine, "connect")
    def look(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        """A proxy names other numbers than the servers behind it; statements prepared there get lost."""
        cursor = connection.cursor()
        cursor.execute("SELECT pg_backend_pid()")
        found = cursor.fetchone()
        cursor.close()
        connection.rollback()
        driver: Any = entry.driver_connection
        if POOLED in entry.info or found is None or found[0] != driver.info.backend_pid:
            entry.info[POOLED] = True
            driver.prepare_threshold = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if POOLED in connection.info:
            connection.exec_driver_sql(LOCALLY)
