"""Nobody has to wait between two portions of people."""

from __future__ import annotations

import pytest

from bot import retention


@pytest.fixture(autouse=True)
def no_breather(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BREATHER", 0)
