"""When it makes sense to ask again: too often, and people only remember what they said (A5, A9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median_low

from flows.assessment.again import SIGNS, TESTS
from flows.assessment.battery import BATTERY
from flows.assessment.inventory import INVENTORY
from flows.assessment.standing import ASKED_AGAIN, Conversations, was_finished
from flows.diary import DrawnMap
from flows.engine.conversation import Conversation

SOON = timedelta(weeks=4)
"""Until the statements are asked a second time."""

LONG = timedelta(weeks=12)
"""Until the third time, counted from the first; then always from the last."""

TESTS_APART = timedelta(weeks=6)
AFTER_A_STEP_DOWN = timedelta(weeks=2)

FAILED = "own_trial_failed"
"""Why a map is not clear when what led failed the trial that would have borne it out."""


def due(conversations: Conversations, maps: tuple[DrawnMap, ...]) -> dict[str, datetime]:
    """Return from when on each flow may be asked again; empty before all sittings are done."""
    inventory, battery = conversations.get(INVENTORY.name), conversations.get(BATTERY.name)
    if inventory is None or battery is None:
        return {}
    return {
        SIGNS.name: _statements(inventory, conversations.get(SIGNS.name)),
        TESTS.name: _tests(_last(battery, conversations.get(TESTS.name)), maps),
    }


def asked_at(conversation: Conversation, flow: str) -> datetime:
    """Return when most of the items were answered: one answer that was changed later does not move it."""
    times = [answer.at for item, answer in conversation.answers.items() if item in ASKED_AGAIN[flow]]
    return datetime.fromtimestamp(median_low(times or [conversation.at]), UTC)


def last_asked(conversations: Conversations, flow: str) -> datetime:
    """Return when the items of a flow were last answered. All sittings are done."""
    first = conversations[INVENTORY.name if flow == SIGNS.name else BATTERY.name]
    return asked_at(_last(first, conversations.get(flow)), flow)


def _last(first: Conversation, later: Conversation | None) -> Conversation:
    return later if later is not None and was_finished(later) else first


def _statements(first: Conversation, later: Conversation | None) -> datetime:
    began = asked_at(first, SIGNS.name)
    if later is None:
        return began + SOON
    last = asked_at(later, SIGNS.name)
    if later.about.get("round") != "1":
        return last + LONG
    return max(began + LONG, last + SOON)


def _tests(last: Conversation, maps: tuple[DrawnMap, ...]) -> datetime:
    """Return the date of the tests; a lead that failed its trial since then brings it forward, once."""
    since = _stepped_down_at(maps)
    answered = max((answer.at for answer in last.answers.values()), default=last.at)
    early = since is not None and since.timestamp() > answered
    return asked_at(last, TESTS.name) + (AFTER_A_STEP_DOWN if early else TESTS_APART)


def _stepped_down_at(maps: tuple[DrawnMap, ...]) -> datetime | None:
    """Return when the first of the latest maps was drawn in which a lead had failed its own trial."""
    since = None
    for drawn in reversed(maps):
        if not (drawn.unclear and FAILED in drawn.reasons):
            break
        since = drawn.at
    return since
