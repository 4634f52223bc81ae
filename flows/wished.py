"""Which command somebody asks for, however they do it."""

from __future__ import annotations

from flows.engine.heard import Commanded, Heard, Tapped, Wrote
from flows.engine.tokens import Order, read_token
from flows.engine.understanding import plain


def command_in(heard: Heard) -> str:
    """Return the name of the command that is given, tapped, or written in bare words; "" without one."""
    match heard:
        case Commanded(name, _):
            return name
        case Tapped(token):
            order = read_token(token)
            return order.name if isinstance(order, Order) else ""
        case Wrote(text):
            return plain(text).removeprefix("/")
    return ""
