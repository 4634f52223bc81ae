"""Takes away the ways that a reply may offer and that lead to nowhere now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from flows.engine.say import Say
from flows.engine.tokens import Order, read_token
from flows.person import Standing
from flows.reply import Reply


def narrowed(reply: Reply, orders: Collection[str]) -> Reply:
    """Return the reply with no other commands on its buttons than these, and without the way back to work.

    Whoever is leaving gets everything as it is.
    """
    if reply.person.standing is Standing.LEAVING:
        return reply
    says = tuple(_narrowed(say, orders) for say in reply.says if say.prompt != "coach.back_to_it")
    return replace(reply, says=says)


def _narrowed(say: Say, orders: Collection[str]) -> Say:
    tokens = {button.token: read_token(button.token) for button in say.buttons}
    kept = {name for name, token in tokens.items() if not isinstance(token, Order) or token.name in orders}
    return replace(say, buttons=tuple(each for each in say.buttons if each.token in kept))
