"""What comes in and belongs to nobody's conversation: updates that cannot be read, and groups."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.channels.telegram_events import GroupNotice, Unparsed
from bot.storage import DeadLetter, Store

GROUPS = "telegram_groups"
"""The note of the bot with the groups that were told, each as a keyed hash, the newest last."""

GROUPS_KEPT = 500


async def set_aside(store: Store, unparsed: Sequence[Unparsed], now: datetime) -> int:
    """Keep the shape of what could not be read for whoever mends the program; return how many were new."""
    async with store.transaction() as transaction:
        fresh = await transaction.unseen([each.key for each in unparsed], now)
        reason = "an update that cannot be read"
        await transaction.bury(
            [
                DeadLetter(at=now, reason=reason, body=each.shape.encode())
                for each in unparsed
                if each.key in fresh
            ]
        )
    return len(fresh)


async def untold(
    store: Store, groups: Sequence[GroupNotice], lookup: Callable[[str], bytes]
) -> list[GroupNotice]:
    """Return the groups that were never told that the coach talks in private; they count as told from now on.

    A crash right after this leaves a group untold, which does less harm than telling it twice.
    """
    names = {lookup(f"telegram:group:{group.chat}").hex()[:32]: group for group in groups}
    async with store.transaction() as transaction:
        told = json.loads(await transaction.get_state(GROUPS) or "[]")
        new = [name for name in names if name not in told]
        if new:
            await transaction.set_state(GROUPS, json.dumps([*told, *new][-GROUPS_KEPT:]))
    return [names[name] for name in new]
