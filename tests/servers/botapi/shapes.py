"""What travels as JSON. Telegram's own objects stay plain dictionaries: the schema is their type."""

from typing import Any

Json = Any
JsonObject = dict[str, Any]


def units(text: str) -> int:
    """Length in UTF-16 code units, the unit of every limit and offset of the Bot API."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
