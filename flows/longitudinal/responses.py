"""What came of a trial or a break, from the weeks themselves (A7, response class from weekly W1).

Readings of the text, where it leaves room:
- A week stands for its Sunday. Weeks with a holiday or an illness are marked, not averaged: left out here.
- The spread within a person is that of all their weeks before the start, once there are three.
- "Weeks 3-4 and again at 7-8 (or still in place)": after week 4 the latest week decides until week 7 comes.
  A new employer or role is looked at in weeks 7-8 and 25-26 (honeymoon), less load on the severe track in
  weeks 11-12. What happens after the second look belongs to no trial any more, and what happens once
  another one has begun belongs to that one: else a lift that it brought would rewrite the one before it.
- Reached in weeks 3-4 and later neither reached nor back to under half: not decided, so it says nothing.
- A break has no weeks: what was felt in it and after it takes their place. A fade after the second week is
  what research finds for most people, and says nothing about any explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, median, stdev

from flows.assessment.facts import Trial
from flows.diary import Break, Diary, Outcome, PlannedTrial, Week

FAIR_WEEKS = {
    "rest": 1,
    "load": 4,
    "support": 4,
    "pay": 8,
    "skill": 4,
    "people": 4,
    "fix": 3,
    "purpose": 4,
    "role": 4,
    "employer": 26,
    "newrole": 26,
}
"""How long a fair try of each kind lasts (A7); of support, four sessions in as many weeks."""

SEVERE_WEEKS = 12
"""Less load is judged after twelve weeks on the severe track (BR7)."""

BASELINE_WEEKS = 3
LEAST_BASELINE = 2
LEAST_LIFT = 2.0
SHARE_OF_BASELINE = 0.3
SPREADS = 1.5
WORSE_BY = 2
STILL_HEAVY = 4
"""From this heaviness on something is left over although it held (A7)."""

FAIR_DAYS_OFF = 7

FADES_AFTER = timedelta(days=14)
"""What is back by then came back quickly; later it is the fade that most people know (Grant 2025: about three
weeks above the old level on average)."""

LASTING_AFTER = timedelta(days=40)
"""The look in week six after a break: what is still lighter then has outlasted the usual fade."""


@dataclass(frozen=True, slots=True)
class Response:
    """`outcome`: held, temp, none or worse; "" as long as the weeks do not decide it.

    `baseline` and `latest` are heaviness from 0 to 10; `threshold` is the lift that counts as one.
    """

    outcome: Outcome
    baseline: float
    latest: float
    threshold: float
    short_baseline: bool


def fair_weeks(kind: str, *, severe: bool) -> int:
    """Return how many weeks a fair try of a kind takes."""
    return SEVERE_WEEKS if severe and kind == "load" else FAIR_WEEKS[kind]


@dataclass(frozen=True, slots=True)
class Looks:
    """The weeks in which a trial is looked at: `first` and the one before it, and again at `second`."""

    first: int
    second: int


USUAL = Looks(4, 8)
HONEYMOON = Looks(8, 26)
SEVERE = Looks(12, 12)


def looks_of(trial: PlannedTrial) -> Looks:
    """Return when a trial is looked at; how long it was planned for tells the severe track."""
    if trial.kind in ("employer", "newrole"):
        return HONEYMOON
    return SEVERE if trial.ends - trial.started >= timedelta(weeks=SEVERE_WEEKS) else USUAL


def response(trial: PlannedTrial, weeks: Sequence[Week]) -> Response | None:
    """Return what the weeks say of a trial; None while there is nothing to compare."""
    looks = looks_of(trial)
    before = _before(trial.started, weeks)
    during = [(number, felt) for number, felt in _during(trial.started, weeks) if number <= looks.second]
    if not before or not during:
        return None
    baseline = median(before[-BASELINE_WEEKS:])
    threshold = _threshold(baseline, before)
    lifts = [(number, baseline - heaviness) for number, heaviness in during]
    return Response(
        outcome=_outcome(lifts, threshold, looks),
        baseline=baseline,
        latest=during[-1][1],
        threshold=threshold,
        short_baseline=len(before) < LEAST_BASELINE,
    )


def _before(started: date, weeks: Sequence[Week]) -> list[int]:
    return [heaviness for day, heaviness in _ordinary(weeks) if day < started]


def _during(started: date, weeks: Sequence[Week]) -> Iterator[tuple[int, int]]:
    """Yield the number of a week from 1 and its heaviness."""
    for day, heaviness in _ordinary(weeks):
        if day >= started:
            yield (day - started).days // 7 + 1, heaviness


def _ordinary(weeks: Sequence[Week]) -> Iterator[tuple[date, int]]:
    """Yield the Sunday and the heaviness of the weeks that can be compared."""
    for week in weeks:
        if week.workday is not None and not {"holiday", "illness"} & set(week.changes):
            yield week.monday + timedelta(days=6), week.workday


def _threshold(baseline: float, before: Sequence[int]) -> float:
    spread = SPREADS * stdev(before) if len(before) >= BASELINE_WEEKS else 0.0
    return max(LEAST_LIFT, SHARE_OF_BASELINE * baseline, spread)


def _outcome(lifts: Sequence[tuple[int, float]], threshold: float, looks: Looks) -> Outcome:
    latest = lifts[-1][1]
    reached = [number for number, lift in lifts if lift >= threshold]
    if not reached:
        return "worse" if fmean(lift for _, lift in lifts[-2:]) <= -WORSE_BY else "none"
    again = [lift for number, lift in lifts if number >= looks.second - 1] or [latest]
    at_first = any(number in (looks.first - 1, looks.first) for number in reached)
    if at_first and any(lift >= threshold for lift in again):
        return "held"
    if latest >= threshold / 2:
        return ""
    twice = any(b == a + 1 for a, b in pairwise(reached))
    return "temp" if twice else "none"


def logged_trials(diary: Diary) -> tuple[Trial, ...]:
    """Return what was really tried and what came of it, as the rule reads it (block R)."""
    trials = (_logged(trial, _weeks_of(trial, diary)) for trial in diary.trials if trial.ended)
    breaks = (_rested(each, diary.weeks) for each in diary.breaks)
    return tuple(trial for trial in (*trials, *breaks) if trial is not None)


def _weeks_of(trial: PlannedTrial, diary: Diary) -> tuple[Week, ...]:
    """Return the weeks up to the one in which the next trial began."""
    later = [other.started for other in diary.trials if other.started > trial.started]
    until = min(later, default=date.max)
    return tuple(week for week in diary.weeks if week.monday + timedelta(days=6) < until)


def remembered_trials(diary: Diary) -> tuple[Trial, ...]:
    """Return trials of which nobody kept weeks, as the person recalls them: like past attempts (block H)."""
    return tuple(
        Trial(trial.kind, trial.outcome, trial.dose if trial.dose is not None else 1.0)
        for trial in diary.trials
        if trial.recalled and trial.outcome and trial.ended
    )


def _logged(trial: PlannedTrial, weeks: Sequence[Week]) -> Trial | None:
    found = None if trial.recalled else response(trial, weeks)
    if found is None or not found.outcome:
        return None
    meanwhile = {each for check in trial.checks for each in check.meanwhile}
    return Trial(
        kind=trial.kind,
        outcome=found.outcome,
        dose=dose_of(trial),
        still_heavy=found.outcome == "held" and found.latest >= STILL_HEAVY,
        two_at_once="other" in meanwhile,
        life_event="life" in meanwhile,
        short_baseline=found.short_baseline,
    )


def dose_of(trial: PlannedTrial) -> float:
    """Return the part of a fair try that was kept: how much of it, and for how much of its time."""
    kept = [check.percent for check in trial.checks if check.percent is not None]
    share = fmean(kept) / 100 if kept else (1.0 if trial.dose is None else trial.dose)
    lasted = (trial.ended or trial.ends) - trial.started
    return round(share * min(1.0, lasted / max(trial.ends - trial.started, timedelta(days=1))), 2)


@dataclass(frozen=True, slots=True)
class Rested:
    """How a break wore off. `outcome` as in `Response`; `ordinary_fade`: it did, as it does for most."""

    outcome: Outcome
    ordinary_fade: bool
    back_within: int | None
    """Days after the return on which the old weight was there again; None when it was not seen."""


def rested(each: Break, weeks: Sequence[Week]) -> Rested | None:
    """Return what a break did; None as long as nothing can be compared."""
    before = _before(each.first, weeks)
    if not before or not each.felt:
        return None
    baseline = median(before[-BASELINE_WEEKS:])
    threshold = _threshold(baseline, before)
    if all(baseline - felt.heaviness < threshold for felt in each.felt):
        return Rested("none", ordinary_fade=False, back_within=None)
    after = [(felt.on - each.last, baseline - felt.heaviness) for felt in each.felt if felt.when != "mid"]
    gone = [since for since, lift in after if lift < threshold / 2]
    if gone:
        quick = min(gone) <= FADES_AFTER
        return Rested("temp" if quick else "", ordinary_fade=not quick, back_within=min(gone).days)
    lasted = bool(after) and max(after)[0] >= LASTING_AFTER and max(after)[1] >= threshold
    return Rested("held" if lasted else "", ordinary_fade=False, back_within=None)


def _rested(each: Break, weeks: Sequence[Week]) -> Trial | None:
    """A break as a trial of rest. Being ill is no rest: something else went on at the same time."""
    found = rested(each, weeks)
    if found is None or not found.outcome:
        return None
    days = (each.last - each.first).days + 1
    return Trial(
        kind="rest",
        outcome=found.outcome,
        dose=min(1.0, round(days / FAIR_DAYS_OFF, 2)),
        load=each.load or None,
        life_event=each.kind == "sick",
        short_baseline=len(_before(each.first, weeks)) < LEAST_BASELINE,
    )
