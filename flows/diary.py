"""What is kept over weeks of one person: maps, weeks, energy, trials, breaks, and when they want to be asked.

Plain values only, so that they can be stored and read back as they are. Every entry is also remembered as a
record when it is made; the diary holds what counts now, after corrections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

Answered = int | str | tuple[str, ...]
"""The value of an item that is evidence: a number, a code, or codes."""

MAPS_KEPT = 12
"""Maps that can be compared in the chat; older ones stay in the records."""


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """One map as it was drawn, never computed again: the result, and the answers that it rests on.

    `words` and `points` are by explanation; `answers` holds codes by item, and what was tried or logged in
    the notation of assessment.md A10 under "tried" and "log". Free text is never part of it.
    """

    at: datetime
    rule_version: str
    tier: int
    points: Mapping[str, float]
    words: Mapping[str, str]
    lead: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    unclear: bool = False
    reasons: tuple[str, ...] = ()
    out_flag: bool = False
    answers: Mapping[str, Answered] = field(default_factory=dict)
    fit: Literal["", "fits", "not_quite"] = ""


@dataclass(frozen=True, slots=True)
class Week:
    """One weekly reflection (W1 to W4). `monday` is the local Monday of its week.

    `changes`: holiday, illness, more, less, other. `true`: patient, curious, open, forced, motions.
    `prompt` is the name of the question from the rotating set, `words` what was written to it; `pro` and
    `con` are the lines for and against the lead, `cue` and `act` the next step as an if-then.
    """

    monday: date
    at: datetime
    workday: int | None = None
    day_off: int | None = None
    changes: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    prompt: str = ""
    words: str = ""
    pro: str = ""
    con: str = ""
    cue: str = ""
    act: str = ""
    others: str = ""
    """For people who answer for others: how the week was for them (BR6)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the energy log. `what` is the code of an activity or the person's own word.

    `left` runs from -2 (drained) to 2 (energised); `recall` marks what was entered a day late.
    """

    id: int
    day: date
    hour: int
    what: str
    left: int
    who: str = ""
    glad: Literal["", "yes", "neutral", "no"] = ""
    client: str = ""
    recall: bool = False


@dataclass(frozen=True, slots=True)
class LogRun:
    """One energy log of two weeks. `times`: minutes after midnight of its prompts, in local time."""

    started: date
    times: tuple[int, ...]
    ended: date | None = None
    why_ended: Literal["", "done", "silent", "stopped"] = ""
    insights: tuple[int, ...] = ()
    """The days on which an insight was shown: 3, 7, 14."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One check-in of a trial: how much of it was kept (0 to 100), and what else changed meanwhile."""

    on: date
    week: int
    percent: int | None = None
    meanwhile: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedTrial:
    """One trial: what is tried, for how long, and what the person expects of it.

    `predicted` is the heaviness (0 to 10) they expect at its end, `until_week` the week by which. `outcome`
    is held, temp, none or worse once it is known; `dose` the part of a fair try that was kept, 0 to 1.
    """

    id: int
    kind: str
    started: date
    ends: date
    what: str = ""
    cue: str = ""
    act: str = ""
    predicted: int | None = None
    until_week: int | None = None
    checks: tuple[Kept, ...] = ()
    ended: date | None = None
    stopped_early: bool = False
    outcome: Literal["", "held", "temp", "none", "worse"] = ""
    dose: float | None = None
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Felt:
    """How heavy a workday felt at one point of a break: mid, day2, day10, week3, week6."""

    when: str
    on: date
    heaviness: int


@dataclass(frozen=True, slots=True)
class Break:
    """Days off in a row: holiday, sick or sabbatical. `last` is the last day off; `load` that on return."""

    id: int
    kind: Literal["holiday", "sick", "sabbatical"]
    first: date
    last: date
    felt: tuple[Felt, ...] = ()
    load: Literal["", "heavy", "ord", "light"] = ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody wants to be asked. `weekday` 0 is Monday; None: they have not said, or want no week.

    `window` names a part of the day: morning, noon, afternoon, evening. Quiet hours are minutes after
    midnight; `snoozed` keeps a nudge silent until a local day, by its kind.
    """

    weekday: int | None = None
    window: str = "evening"
    quiet_from: int = 21 * 60 + 30
    quiet_until: int = 8 * 60
    snoozed: Mapping[str, date] = field(default_factory=dict)
    silenced: tuple[str, ...] = ()
    """Kinds that the person does not want any more."""


@dataclass(frozen=True, slots=True)
class Nudged:
    """One nudge that was sent. `answered` once the person did anything after it."""

    kind: str
    slot: str
    at: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Useful:
    """Whether using the explanation has changed anything, asked every four weeks (A8)."""

    on: date
    changed: bool


@dataclass(frozen=True, slots=True)
class Diary:
    """Everything above, oldest first. Immutable."""

    maps: tuple[DrawnMap, ...] = ()
    weeks: tuple[Week, ...] = ()
    entries: tuple[Entry, ...] = ()
    nights: Mapping[date, int] = field(default_factory=dict)
    """Hours slept, by the day that the night ended on."""
    log: LogRun | None = None
    activities: tuple[str, ...] = ()
    """The person's own words for what they do, learnt as they typed them."""
    trials: tuple[PlannedTrial, ...] = ()
    breaks: tuple[Break, ...] = ()
    rhythm: Rhythm = field(default_factory=Rhythm)
    nudged: tuple[Nudged, ...] = ()
    useful: tuple[Useful, ...] = ()
    parked: bool = False
    """The explanation is set aside: twice in a row it had changed nothing."""

    @property
    def map(self) -> DrawnMap | None:
        """The latest map."""
        return self.maps[-1] if self.maps else None

    @property
    def trial(self) -> PlannedTrial | None:
        """The trial that is running: there is never more than one."""
        return next((trial for trial in self.trials if trial.ended is None), None)

    def drawing(self, drawn: DrawnMap) -> Diary:
        """Return the diary with one more map."""
        return replace(self, maps=(*self.maps, drawn)[-MAPS_KEPT:])
