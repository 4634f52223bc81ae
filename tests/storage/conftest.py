"""A second process on the same database, as far as storage can tell."""

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
