"""Files that a person may keep or hand on: what is in one waits in the outbox, and it is made when sent.

Importing this package imports nothing that makes a file; that happens with the first one.
"""

from bot.packets.enclosed import Enclosed, Finished, Made
from bot.packets.packet import Packet, Section
from bot.packets.press import made, made_or_none

KINDS: dict[str, type[Enclosed]] = {kind.__name__: kind for kind in (Packet, Finished)}
"""Every kind of file by the name under which it waits in the outbox."""

__all__ = ["KINDS", "Enclosed", "Finished", "Made", "Packet", "Section", "made", "made_or_none"]
