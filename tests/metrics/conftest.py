"""A bot that counts, on an empty database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.storage import Keyring, Store
from tests.metrics.given import Counted


@pytest.fixture
async def counted(sqlite_url: str, keyring: Keyring) -> AsyncIterator[Counted]:
    store = await Store.open(sqlite_url, keyring)
    yield Counted(store)
    await store.close()
