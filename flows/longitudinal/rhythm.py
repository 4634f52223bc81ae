"""When a person wants to be written to: the page that shows it, and everything on it that can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from flows import resuming
from flows.diary import Rhythm
from flows.engine.answers import Rejected, Value
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice
from flows.engine.say import Button, Fact, Label, Say
from flows.engine.tokens import order_token
from flows.engine.words import Ear
from flows.longitudinal.chapter import Chapter
from flows.longitudinal.local_time import WINDOWS, outside
from flows.longitudinal.putting_off import put_off, room_today, without
from flows.person import begun
from flows.reply import Reply, Visit, buttons, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

KINDS = "rhythm.kinds"
"""The prompt whose options name the kinds of first messages."""

CLOCK = re.compile(r"(\d{1,2})(?:[:.h]([0-5]\d))?(?: ?(?:uhr|h))?")


class Hour(Choice):
    """One of a few times of day, minutes after midnight; typed as "21", "21:30" or "21 Uhr"."""

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        typed = CLOCK.fullmatch(text.strip().lower())
        if typed is not None:
            code = str(int(typed[1]) * 60 + int(typed[2] or 0))
            return code if code in self.labelled else Rejected("engine.not_an_option")
        return super().parse(text, prompt, ear)


RHYTHM = Flow(
    name="rhythm",
    version=1,
    start="weekday",
    questions={"weekday": Choice(*WEEKDAYS), "part": Choice(*WINDOWS, explained=False)},
    transitions=(Go("weekday", "part"), Go("part", DONE)),
)

QUIET_HOURS = Flow(
    name="quiet_hours",
    version=1,
    start="begin",
    questions={
        "begin": Hour("1140", "1200", "1260", "1290", "1320", "1380", explained=False),
        "end": Hour("360", "420", "480", "540", "600", explained=False),
    },
    transitions=(Go("begin", "end"), Go("end", DONE)),
)

ASKED = {"day": RHYTHM, "quiet": QUIET_HOURS}
"""What the page can ask, by the argument of its command."""


def show_rhythm(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Show when the coach writes first, with the buttons that change it; or ask for one of them."""
    if argument in ASKED:
        person, conversation = begun(visit.person, ASKED[argument], visit.now)
        return Reply(person, (resuming.ask_again(coach, visit, conversation),))
    rhythm = visit.person.diary.rhythm
    ways = buttons("rhythm.page", ("day", "rhythm:day"), ("quiet", "rhythm:quiet"), ("pause", "pause"))
    numbered = tuple(
        replace(button, key=str(place))
        for place, button in enumerate((*ways, *_switches(coach, visit, rhythm)), start=1)
    )
    facts: dict[str, Fact] = {"weekly": _when(rhythm), "hours": _quiet(rhythm)}
    return Reply(visit.person, (with_way_back(visit, Say("rhythm.page", facts, numbered)),))


def _switches(coach: Coach, visit: Visit, rhythm: Rhythm) -> Iterator[Button]:
    """One button for each kind, marked while it is on."""
    for kind in _known(coach, visit):
        on = kind not in rhythm.silenced
        yield Button(Label(KINDS, kind), order_token("quiet" if on else "wake", kind), chosen=on)


def _known(coach: Coach, visit: Visit) -> list[str]:
    """The kinds that have a name people can read."""
    named = visit.ear.words.labels.get(KINDS, {})
    return [kind.kind for kind in coach.kinds if kind.kind in named]


def _when(rhythm: Rhythm) -> Fact:
    if rhythm.weekday is None:
        return Label("rhythm.page", "no_day")
    weekday = Label("rhythm.weekday", WEEKDAYS[rhythm.weekday])
    return Say("rhythm.when", {"weekday": weekday, "part": Label("rhythm.part", rhythm.window)})


def _quiet(rhythm: Rhythm) -> Fact:
    return Say("rhythm.hours", {"begin": _clock(rhythm.quiet_from), "end": _clock(rhythm.quiet_until)})


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def quiet(coach: Coach, visit: Visit, kind: str) -> Reply:
    """Send no more of a kind, and say how it comes back."""
    rhythm = visit.person.diary.rhythm
    if kind not in _known(coach, visit):
        return show_rhythm(coach, visit, "")
    silenced = (*(other for other in rhythm.silenced if other != kind), kind)
    changed = replace(rhythm, silenced=silenced, again=without(rhythm.again, kind))
    say = offer("rhythm.silenced", ("wake", f"wake:{kind}"), facts={"kind": Label(KINDS, kind)})
    return _changed(visit, changed, say)


def wake(coach: Coach, visit: Visit, kind: str) -> Reply:
    """Let a kind come again, from its next slot on."""
    rhythm = visit.person.diary.rhythm
    if kind not in _known(coach, visit):
        return show_rhythm(coach, visit, "")
    silenced = tuple(other for other in rhythm.silenced if other != kind)
    changed = replace(rhythm, silenced=silenced, snoozed=without(rhythm.snoozed, kind))
    say = offer("rhythm.awake", ("quiet", f"quiet:{kind}"), facts={"kind": Label(KINDS, kind)})
    return _changed(visit, changed, say)


def snooze(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Put off the nudge of a kind: "weekly.today", "weekly.tomorrow" or "weekly.week".

    A button may be tapped when today has no room any more: then it comes tomorrow, and that is said.
    """
    kind, _, when = argument.replace(" ", ".").partition(".")
    gone = when == "today" and room_today(visit) is None
    changed = put_off(visit, kind, "tomorrow" if gone else when) if kind in _known(coach, visit) else None
    if changed is None:
        return show_rhythm(coach, visit, "")
    said = {"today": Say("nudges.today"), "tomorrow": Say("nudges.tomorrow"), "week": Say("nudges.week")}
    return _changed(visit, changed, Say("nudges.today_is_over") if gone else said[when])


def _changed(visit: Visit, rhythm: Rhythm, say: Say) -> Reply:
    person = replace(visit.person, diary=replace(visit.person.diary, rhythm=rhythm))
    return Reply(person, (with_way_back(visit, say),))


def rhythm_set(coach: Coach, visit: Visit, reply: Reply, asked: Conversation) -> Reply:
    """Keep the day and the part of it; what was skipped stays as it was."""
    del coach, visit
    weekday, part = asked.value("weekday"), asked.value("part")
    before = reply.person.diary.rhythm
    rhythm = replace(
        before,
        weekday=WEEKDAYS.index(weekday) if weekday in WEEKDAYS else before.weekday,
        window=part if isinstance(part, str) else before.window,
    )
    return _kept(reply, rhythm, asked)


def quiet_hours_set(coach: Coach, visit: Visit, reply: Reply, asked: Conversation) -> Reply:
    """Keep the quiet hours; what was skipped stays as it was."""
    del coach, visit
    begin, end = asked.value("begin"), asked.value("end")
    before = reply.person.diary.rhythm
    rhythm = replace(
        before,
        quiet_from=before.quiet_from if begin is None else int(str(begin)),
        quiet_until=before.quiet_until if end is None else int(str(end)),
    )
    return _kept(reply, rhythm, asked)


def _kept(reply: Reply, rhythm: Rhythm, asked: Conversation) -> Reply:
    """Keep a rhythm and say it; that quiet hours would swallow the chosen part of the day is said too."""
    person = reply.person.without(asked.flow)
    says = [Say("engine.left_as_it_was")]
    if rhythm != person.diary.rhythm:
        person = replace(person, diary=replace(person.diary, rhythm=rhythm))
        says = [Say("rhythm.set", {"weekly": _when(rhythm), "hours": _quiet(rhythm)})]
    if outside(WINDOWS[rhythm.window], (rhythm.quiet_from, rhythm.quiet_until)) is None:
        says.append(offer("rhythm.covered", ("page", "rhythm")))
    elif person.zone is None:
        says.append(offer("rhythm.no_clock", ("clock", "clock")))
    return replace(reply, person=person).adding(*says)


CHAPTER = Chapter(
    flows=(RHYTHM, QUIET_HOURS),
    endings={"rhythm": rhythm_set, "quiet_hours": quiet_hours_set},
    commands={"rhythm": show_rhythm, "snooze": snooze, "quiet": quiet, "wake": wake},
)
