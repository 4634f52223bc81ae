"""Who answers for reports about safety, named in `/privacy` (safety.md C11.9)."""

from __future__ import annotations

from dataclasses import replace

from flows.engine.say import Say
from flows.reply import Reply


def with_contact(reply: Reply, contact: str) -> Reply:
    """Return the page about privacy with whom to tell when something here did harm, before its buttons.

    `contact` is what whoever runs Tare has set, an address or a name; "" where they have set nothing.
    """
    facts = {"contact": contact} if contact else {}
    said = Say("privacy.contact" if contact else "privacy.contact.unset", facts, apart=True)
    return replace(reply, says=(*reply.says[:-1], said, *reply.says[-1:]))
