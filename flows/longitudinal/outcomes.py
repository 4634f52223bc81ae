"""What came of a trial, in words: what was expected beside what happened, and how fair the trial was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.diary import Outcome, PlannedTrial, Week
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Label, Say
from flows.longitudinal.responses import Response, dose_of, response
from flows.reply import offer

FAIR = 0.75
"""From here on a dose is called fair in words; the rule has its own weights."""

PATIENT = frozenset({"patient", "curious", "open"})
"""Ticks of W4 that rise when capacity comes back (concept 51)."""

NEVER: Outcome = "none"

RECALLED: Mapping[tuple[str, str], Outcome] = {
    ("lot", "held"): "held",
    ("little", "held"): "held",
    ("lot", "back"): "temp",
    ("little", "back"): "temp",
}


def remembered_as(over: PlannedTrial, weeks: Sequence[Week], ending: Conversation) -> PlannedTrial:
    """Return the trial with its outcome: from the weeks, or else from what the person remembers."""
    found = response(over, weeks)
    dose = dose_of(over)
    if found is not None:
        return replace(over, outcome=found.outcome, dose=dose)
    helped, lasts = ending.value("helped"), ending.value("lasts")
    outcome = NEVER if helped == "none" else RECALLED.get((str(helped), str(lasts)), "")
    return replace(over, outcome=outcome, dose=dose, recalled=bool(outcome))


def outcome_says(over: PlannedTrial, weeks: Sequence[Week]) -> tuple[Say, ...]:
    """Return what is said at the end of a trial: three short bubbles at the most."""
    found = response(over, weeks)
    return (
        _what_happened(over, found),
        *_how_fair(over),
        *_recovery(over, weeks),
        offer("trials.after", ("map", "map"), ("moves", "moves")),
    )


def _what_happened(over: PlannedTrial, found: Response | None) -> Say:
    facts: dict[str, Fact] = {"kind": Label("trial.kind", over.kind)}
    if found is None:
        return Say(f"trials.recalled.{over.outcome or 'open'}", facts)
    facts |= {
        "before": _whole(found.baseline),
        "latest": _whole(found.latest),
        "expected": "" if over.predicted is None else over.predicted,
        "week": over.until_week or "",
    }
    return Say(f"trials.came.{over.outcome or 'open'}", facts)


def _whole(heaviness: float) -> int | str:
    return int(heaviness) if heaviness == int(heaviness) else f"{heaviness:g}"


def _how_fair(over: PlannedTrial) -> tuple[Say, ...]:
    """The caveat of the dose: perhaps the dose was too small, perhaps the diagnosis is another (S1)."""
    if over.outcome in ("none", "temp", "worse") and (over.dose or 0) < FAIR:
        return (Say("trials.short_time" if over.stopped_early else "trials.small_dose"),)
    if over.outcome in ("none", "worse"):
        return (Say("trials.full_dose"),)
    return ()


def _recovery(over: PlannedTrial, weeks: Sequence[Week]) -> tuple[Say, ...]:
    """Less load that held is called recovery only when patience or curiosity came back too (concept 51)."""
    if over.kind != "load" or over.outcome != "held":
        return ()
    before = [week for week in weeks if week.monday < over.started]
    during = [week for week in weeks if week.monday >= over.started]
    rose = _share(during) > _share(before)
    return (Say("trials.recovery" if rose else "trials.lighter_only"),)


def _share(weeks: Sequence[Week]) -> float:
    ticked = [len(PATIENT & set(week.true)) for week in weeks]
    return sum(ticked) / len(ticked) if ticked else 0.0
