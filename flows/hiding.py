"""Taking the coach's words out of a chat that somebody else may see. Nothing that is kept changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.engine.say import Say
from flows.reply import Reply, Visit, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach


def hide(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Have the house delete what the coach wrote lately, which alone knows the messages, and say so then.

    The question that is open goes out of sight with the others, so the way back to it comes along.
    """
    del coach, argument
    return Reply(visit.person, (with_way_back(visit, Say("hide.done")),), wants=("hide",))
