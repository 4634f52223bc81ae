from __future__ import annotations

import pytest

from bot.pictures.map_card import Typefaces


@pytest.fixture(scope="session")
def typefaces() -> Typefaces:
    return Typefaces()
