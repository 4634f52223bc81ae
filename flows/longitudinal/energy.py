"""The energy log in the chat: /log and what stands behind its buttons (assessment.md A3 G1 to G5, A9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.engine.say import Say
from flows.engine.spelling import plain
from flows.longitudinal import energy_entry, energy_seen, energy_switch, energy_tags
from flows.longitudinal.chapter import Chapter
from flows.longitudinal.energy_nudges import ASKING
from flows.longitudinal.energy_questions import ENTRY, RUN
from flows.longitudinal.energy_run import entries_of, settled
from flows.reply import Reply, Visit, buttons, offer

if TYPE_CHECKING:
    from flows.coach import Coach

Part = Callable[["Coach", Visit, str], Reply]


def log(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Do what a button of the log asks; words behind the command are entries; nothing shows how it stands."""
    visit = visit.of(replace(visit.person, diary=settled(visit.person.diary, visit.ear.today)))
    name, _, rest = argument.strip().partition(".")
    name = _button_that_says(visit, argument) or name
    if name in BUTTONS:
        return BUTTONS[name](coach, visit, rest)
    if argument.strip():
        return energy_entry.written(coach, visit, argument)
    return energy_switch.status(coach, visit)


def _button_that_says(visit: Visit, text: str) -> str | None:
    """Return the button of the log that says this in the person's language: "/log yesterday"."""
    labels = visit.ear.words.labels.get("energy.status", {})
    return next((code for code, label in labels.items() if plain(label) == plain(text)), None)


def seen(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Show energy by activity, or, as asked, the days or the pairs."""
    del coach
    diary = visit.person.diary
    if not entries_of(diary):
        return Reply(visit.person, (offer("energy.none_yet", ("more", "log:more")),))
    shown = VIEWS.get(argument, _by_activity)(visit)
    others = [(view or "bars", f"log:seen.{view}".rstrip(".")) for view in VIEWS if view != argument]
    return Reply(visit.person, (replace(shown, buttons=buttons("energy.views", *others)),))


def _by_activity(visit: Visit) -> Say:
    diary = visit.person.diary
    return replace(energy_seen.insight(diary), picture=energy_seen.bars(diary))


def _by_day(visit: Visit) -> Say:
    diary = visit.person.diary
    return Say("energy.days", {"lines": energy_seen.by_part(diary)}, picture=energy_seen.week(diary))


def _by_pair(visit: Visit) -> Say:
    diary = visit.person.diary
    return Say("energy.pairs", {"lines": energy_seen.lean(diary)}, picture=energy_seen.axes(diary))


VIEWS: Mapping[str, Callable[[Visit], Say]] = {"": _by_activity, "days": _by_day, "pairs": _by_pair}
"""The pictures of a log, by what stands behind "log:seen." on their buttons."""

BUTTONS: Mapping[str, Part] = {
    "status": energy_switch.status,
    "times": energy_switch.times,
    "stop": energy_switch.stop,
    "resume": energy_switch.resume,
    "again": energy_switch.again,
    "hush": energy_switch.hush,
    "more": energy_entry.more,
    "yesterday": energy_entry.yesterday,
    "pick": energy_entry.pick,
    "list": energy_entry.listed,
    "edit": energy_entry.edit,
    "redo": energy_entry.redo,
    "undo": energy_entry.undo,
    "slept": energy_tags.tag_slept,
    "who": energy_tags.tag_who,
    "glad": energy_tags.tag_glad,
    "seen": seen,
}
"""What stands behind "log:" on a button, up to its first dot."""

CHAPTER = Chapter(
    flows=(RUN, ENTRY),
    endings={RUN.name: energy_switch.run_answered, ENTRY.name: energy_entry.entered},
    commands={"log": log},
    nudges=(ASKING,),
)
