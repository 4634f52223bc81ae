"""What is counted where: messages by why they did not arrive, transactions, and how things stand."""

from __future__ import annotations

import asyncio
import math
from datetime import timedelta

import pytest

from bot.metrics import Measured, Metrics, Standing
from bot.metrics.names import LETTERS, OTHER, WHY_NOT
from bot.parcels import Delivered, Failed, Halted, Kind, Outcome, Parcel, Refused, Unreachable
from tests.delivery.given import started
from tests.metrics.given import Counted, number_in, told_by

CANARY = "kanarienvogel"


@pytest.mark.parametrize(
    ("outcome", "fate", "why"),
    [
        (Failed("no connection"), "failed", "no connection"),
        (Refused("too long"), "refused", "too long"),
        (Unreachable("blocked"), "unreachable", "blocked"),
        (Unreachable("no connection"), "unreachable", OTHER),
        (Failed(CANARY), "failed", OTHER),
    ],
)
def test_what_did_not_arrive_counts_by_why(outcome: Outcome, fate: str, why: str) -> None:
    metrics = Metrics()
    metrics.carried(Kind.LINE, outcome, 0.1)
    told = told_by(metrics)

    assert number_in(told, "tare_not_delivered_total", outcome=fate, why=why) == 1
    assert CANARY not in told


def test_what_arrived_or_was_halted_needs_no_reason() -> None:
    metrics = Metrics()
    before = told_by(metrics).count("tare_not_delivered_total")
    for outcome in (Delivered(), Halted(timedelta(seconds=1))):
        metrics.carried(Kind.LINE, outcome, 0.1)
    lines = [line for line in told_by(metrics).splitlines() if line.startswith("tare_not_delivered_total")]

    assert before > len(WHY_NOT)
    assert all(line.endswith(" 0.0") for line in lines)


async def test_a_channel_that_raises_counts_as_failed(counted: Counted) -> None:
    counted.postman.fates.append(RuntimeError(CANARY))
    await counted.take(started())

    assert counted.number("tare_not_delivered_total", outcome="failed", why="raised") == 1


async def test_a_delivery_that_is_cut_off_counts_as_unsure(counted: Counted) -> None:
    counted.postman.busy_until = asyncio.Event()
    channel = Measured(counted.postman, counted.metrics)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await channel.deliver(Parcel(Kind.LINE, 1, "words"))

    assert counted.number("tare_parcels_total", kind="line", outcome="unsure") == 1
    assert counted.number("tare_not_delivered_total", outcome="failed", why="raised") == 0


def test_transactions_without_a_commit_are_totals_that_only_known_kinds_have() -> None:
    metrics = Metrics()
    metrics.troubled({"unavailable": 3, "overtaken": 0, CANARY: 9})
    metrics.troubled({"unavailable": 4})
    told = told_by(metrics)

    assert number_in(told, "tare_store_troubles_total", kind="unavailable") == 4
    assert number_in(told, "tare_store_troubles_total", kind="overtaken") == 0
    assert CANARY not in told


def test_how_things_stand_is_shown_as_it_was_seen_last() -> None:
    metrics, letters = Metrics(), dict.fromkeys(LETTERS, 0.0) | {"given up": 2.0}
    told_by(metrics, Standing(9, 8, {"reply": 7, "nudge": 6}, 5, 4, 3, letters))
    told = told_by(metrics, Standing(1, 2, {"reply": 3, "nudge": 4}, 5, 6, 7, letters))

    assert number_in(told, "tare_outbox_parcels") == 1
    assert number_in(told, "tare_outbox_put_off") == 2
    assert number_in(told, "tare_outbox_overdue_seconds", urgency="reply") == 3
    assert number_in(told, "tare_outbox_overdue_seconds", urgency="nudge") == 4
    assert number_in(told, "tare_nudges_due") == 5
    assert number_in(told, "tare_nudges_late") == 6
    assert number_in(told, "tare_nudges_overdue_seconds") == 7
    assert number_in(told, "tare_dead_letters", kind="given up") == 2


def test_what_is_not_known_is_no_number() -> None:
    metrics = Metrics()
    told_by(metrics, Standing(1, 1, {"reply": 1, "nudge": 1}, 1, 1, 1, dict.fromkeys(LETTERS, 1.0)))
    told = told_by(metrics, Standing())

    for name in ("tare_outbox_parcels", "tare_outbox_put_off", "tare_nudges_due", "tare_nudges_late"):
        assert math.isnan(number_in(told, name)), name
    assert math.isnan(number_in(told, "tare_dead_letters", kind="refused"))
    assert math.isnan(number_in(told, "tare_outbox_overdue_seconds", urgency="reply"))
