"""What would change the map, and by when (A8): the lead's own fair trial, or what tells two apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flows.assessment.explanations import Explanation
from flows.assessment.reading import Reading
from flows.engine.say import Fact, Label, OnDay, Say
from flows.longitudinal.local_time import zone_of

OWN: Mapping[Explanation, int] = {
    Explanation.CAP: 4,
    Explanation.ENV: 4,
    Explanation.VAL: 4,
    Explanation.IDN: 4,
    Explanation.IRR: 3,
}
"""Weeks of each explanation's own fair trial (A7)."""

APART: Mapping[str, int] = {
    "CAP_ENV": 4,
    "CAP_VAL": 4,
    "CAP_IDN": 4,
    "CAP_IRR": 3,
    "ENV_VAL": 4,
    "ENV_IDN": 8,
    "ENV_IRR": 3,
    "VAL_IDN": 8,
    "VAL_IRR": 3,
    "IDN_IRR": 3,
    "OUT": 4,
}
"""Weeks of what tells two apart (A8); two changes, one after the other, take twice four."""

SEVERE = 12
"""Weeks that a lighter load is given in the severe track (BR7)."""


def what_would_change_it(reading: Reading) -> dict[str, Fact]:
    """Return the facts `settles` and `when`; `when` is empty where nothing is to be tried."""
    if reading.harmed:
        return _without_a_day("harm")
    if reading.on_leave:
        return _without_a_day("leave")
    if reading.is_light:
        return _without_a_day("light")
    trial = reading.person.diary.trial
    if trial is not None:
        return {"settles": Say("map.settle.running", {"day": OnDay(trial.ends)}), "when": ""}
    code, weeks = _trial_of(reading)
    return {"settles": Say(f"map.settle.{code}"), "when": _when(reading, weeks)}


def _without_a_day(code: str) -> dict[str, Fact]:
    return {"settles": Say(f"map.settle.{code}"), "when": ""}


def _trial_of(reading: Reading) -> tuple[str, int]:
    """Return the observation that settles it, and its weeks."""
    if reading.outside_comes_first:
        return "OUT", APART["OUT"]
    if len(reading.named) == 1:
        code, weeks = f"own.{reading.named[0]}", OWN[reading.named[0]]
    else:
        code = "_".join(each for each in Explanation if each in reading.pair)
        weeks = APART[code]
    load_is_lightened = "CAP" in code and weeks == OWN[Explanation.CAP]
    return code, SEVERE if load_is_lightened and reading.is_severe else weeks


def _when(reading: Reading, weeks: int) -> Say:
    today = reading.now.astimezone(zone_of(reading.person.zone)).date()
    facts: dict[str, Fact] = {
        "weeks": Label("map.weeks", str(weeks)),
        "day": OnDay(today + timedelta(weeks=weeks)),
    }
    return Say("map.when", facts)
