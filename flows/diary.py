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

Outcome = Literal["", "held", "temp", "none", "worse"]
"""What came of a trial; "" while that is open."""

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

    `changes`: holiday, illness, more, less, other, or nothing. `true`: patient, curious, open, forced,
    motions, or none. Both are empty when they were left open.
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
    moved: str = ""
    """What changed, in their words, when the workdays moved and nothing seemed to have changed (X14)."""
    lead: str = ""
    """The explanation that `pro` and `con` are about."""


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
    again_on: date | None = None
    """The day on which it was gone on with, after it had stopped."""


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
    outcome: Outcome = ""
    dose: float | None = None
    move: str = ""
    """The move that it came from (`flows.moves.ladder`); "" for one of their own."""
    recalled: bool = False
    """Nobody kept weeks: the outcome is what the person remembers."""
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
class Again:
    """One nudge that a person put off: its slot and its day, and when it comes again, in local time.

    `slot` is that of the next message, `day` the one it was first meant for.
    """

    slot: str
    day: date
    on: date
    begins: int
    ends: int


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
    again: Mapping[str, Again] = field(default_factory=dict)
    """What they put off, by kind."""
    offered: bool = False
    """Choosing a day was offered once; it is not offered again."""


@dataclass(frozen=True, slots=True)
class Nudged:
    """One nudge that was sent. `answered` once the person did anything after it.

    `day` is the local day that it was meant for; `capped` is as in `Wanted`.
    """

    kind: str
    slot: str
    at: datetime
    answered: bool = False
    capped: bool = True
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to: for what purpose, in which version of its words, and when."""

    purpose: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a person's own words stay (safety.md C9). Codes and numbers are not meant.

    `since` is the day of the oldest words that are kept, None while there are none; `until` is set once the
    person wanted to keep them longer. `told` is False when words went that the person does not know of yet.
    """

    since: date | None = None
    until: date | None = None
    told: bool = True


@dataclass(frozen=True, slots=True)
class Useful:
    """Whether using the explanation has changed anything, asked every four weeks (A8)."""

    on: date
    changed: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a slope: hours, contract, projects, elsewhere; `last` belongs to it.

    `income` is what a month of it brings, in hundredths of the currency; None when that was not said.
    """

    kind: str
    first: date
    last: date
    months: int
    income: int | None = None


@dataclass(frozen=True, slots=True)
class Slope:
    """One plan from full time to elsewhere in dated stages, which follow each other without a gap.

    Money is in hundredths. `currency` is the first amount as the person wrote it: others are written like it.
    """

    made: date
    stages: tuple[Stage, ...]
    currency: str = ""
    income: int | None = None
    """What a month brings now."""
    floor: int | None = None
    """What a month must bring."""
    savings: int | None = None
    asked: int | None = None
    """Months that they gave it, None when they left that open. It may need more."""


@dataclass(frozen=True, slots=True)
class Done:
    """One small move that was done on the spot; `words` is what they wrote to it, "" after a tap."""

    move: str
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """One trap that was named, or "cost": what staying costs. Each is said once."""

    what: str
    on: date


@dataclass(frozen=True, slots=True)
class Direction:
    """What "more aligned" means for somebody (concept 101): the code of a thing, or their own word for one.

    `places` holds the first three, best first; things that weigh the same share a place. `below` was
    compared and is not among them; `open` was never compared.
    """

    on: date
    places: tuple[tuple[str, ...], ...] = ()
    below: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """How a decision turned out so far. `after` is 30 or 90 days, `came` done, not_done or undecided.

    `turned` compares with what was expected, -2 (much worse) to 2 (much better); None when that is not known.
    """

    after: int
    on: date
    came: str = ""
    heavy: int | None = None
    turned: int | None = None
    line: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One offer, promotion, project or "should I", compared now against then (A9, trajectory check).

    Energy is the share of the week, 0 to 100; purpose and heaviness go from 0 to 10. `kept_at` is set while
    it waits for a better hour, and nothing has been compared yet.
    """

    id: int
    on: date
    kind: str = ""
    name: str = ""
    paper: tuple[str, ...] = ()
    energy_now: int | None = None
    energy_then: int | None = None
    purpose_now: int | None = None
    purpose_then: int | None = None
    back: str = ""
    locks: tuple[str, ...] = ()
    year: str = ""
    expects: str = ""
    heavy_now: int | None = None
    heavy_then: int | None = None
    """How heavy a workday is expected to be after 90 days."""
    looks: tuple[Looked, ...] = ()
    kept_at: datetime | None = None


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
    late: tuple[str, ...] = ()
    """Kinds of nudges whose last time went by without us; the next one says so."""
    useful: tuple[Useful, ...] = ()
    notes: int = 0
    """How many notes were kept; their words are only in the records."""
    parked: bool = False
    """The explanation is set aside: twice in a row it had changed nothing."""
    slope: Slope | None = None
    """The way from full time to elsewhere, as it is planned now."""

    moves_declined: tuple[str, ...] = ()
    """Moves that are not for them; offered again only when they ask for all."""
    moves_done: tuple[Done, ...] = ()
    traps_named: tuple[Named, ...] = ()
    enough_said: date | None = None
    """When it was last said, by either side, that this may be enough."""
    look_in_on: date | None = None
    """The one day on which somebody who is done wants to be looked in on."""

    direction: Direction | None = None
    decisions: tuple[Decision, ...] = ()

    consents: tuple[Consent, ...] = ()
    keeping: Keeping = field(default_factory=Keeping)

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
