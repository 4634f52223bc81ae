"""What somebody who has agreed to nothing may do with what there is of them: be told, and be rid of it."""

from __future__ import annotations

from collections.abc import Mapping

from flows import rights
from flows.person import Person, Standing
from flows.reply import Reply, Visit, offer, with_way_back

EXPORT, ERASE = "export", "erase"

NOW = "now"
"""What stands behind the second tap of erasing."""

KEPT: Mapping[Standing, str] = {
    Standing.NEW: "introduction",
    Standing.DECLINED: "refusal",
}
"""What there is of somebody who has not agreed, by how far they came."""


def about_own_data(visit: Visit, name: str, argument: str) -> Reply | None:
    """Return the answer to /export and /erase of somebody who has not agreed; None for all other commands.

    There is too little for a file. Erasing takes two taps like everywhere, but opens no question of its own:
    of a refusal not even that would be kept.
    """
    if name == ERASE and argument.strip().casefold() == NOW:
        gone = Person(visit.person.seed, visit.person.locale, Standing.LEAVING)
        return Reply(gone, rights.receipt(Person(visit.person.seed)))
    if name not in (EXPORT, ERASE):
        return None
    kept = KEPT.get(visit.person.standing, "introduction")
    page = offer(f"unagreed.{name}_{kept}", ("erase", f"{ERASE}:{NOW}"))
    return Reply(visit.person, (with_way_back(visit, page),))
