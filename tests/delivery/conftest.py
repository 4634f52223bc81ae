"""One process, and another one on the same database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.storage import Keyring, Store


@pytest.fixture
async def other_store(store: Store, database_url: str, keyring: Keyring) -> AsyncIterator[Store]:
    """Opened after `store`, on the same database, with connections of its own."""
    other = await Store.open(database_url, keyring)
    yield other
    await other.close()


@pytest.fixture
async def two_stores(postgres_url: str, keyring: Keyring) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes on one PostgreSQL, as far as the store can tell."""
    one, other = await Store.open(postgres_url, keyring), await Store.open(postgres_url, keyring)
    yield one, other
    await one.close()
    await other.close()
