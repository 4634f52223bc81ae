"""Switching the energy log on and off, and saying how it stands with it (A9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows import resuming
from flows.diary import Diary, LogRun
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, OnDay, Say
from flows.longitudinal.energy_questions import RUN
from flows.longitudinal.energy_run import (
    KIND,
    Stage,
    at_home,
    day_of,
    entries_of,
    last_day,
    logged_at,
    next_from,
    on_day,
    stage,
)
from flows.longitudinal.energy_times import clock, minutes_of
from flows.longitudinal.patterns import usable_days
from flows.person import Person, Standing, begun
from flows.reply import Remembered, Reply, Visit, buttons, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

WAYS = ("more", "seen", "yesterday", "list", "times", "stop")


def status(coach: Coach, visit: Visit, argument: str = "") -> Reply:
    """Say how it stands with the log; without one, ask whether to begin it."""
    del argument
    match stage(visit.person.diary, visit.ear.today):
        case Stage.NONE:
            return _begin(coach, visit)
        case Stage.RUNNING:
            say = _running(visit)
        case Stage.OVER:
            say = _over(visit)
        case asleep:
            ways = (("resume", "log:resume"), ("seen", "log:seen"))
            prompt = "energy.asleep" if asleep is Stage.SILENT else "energy.was_stopped"
            say = Say(prompt, {}, buttons("energy.status", *ways))
    return Reply(visit.person, (with_way_back(visit, say),))


def _running(visit: Visit) -> Say:
    diary, (today, _) = visit.person.diary, logged_at(visit.person, visit.now)
    log = diary.log or LogRun(today, ())
    ways = buttons("energy.status", *((way, f"log:{way}") for way in WAYS))
    if visit.ear.today < log.started:
        return Say("energy.begins", {"times": tuple(map(clock, log.times))}, ways)
    facts: dict[str, Fact] = {"day": day_of(log, today), "today": len(on_day(diary.entries, today))}
    return Say("energy.status", facts, ways)


def _over(visit: Visit) -> Say:
    diary = visit.person.diary
    entries, again = entries_of(diary), next_from(diary)
    facts: dict[str, Fact] = {"count": len(entries), "days": len(usable_days(entries))}
    if again is None or visit.ear.today >= again:
        return offer("energy.over", ("seen", "log:seen"), ("again", "log:again"), facts=facts)
    return offer("energy.over_wait", ("seen", "log:seen"), facts={**facts, "day": OnDay(again)})


def _begin(coach: Coach, visit: Visit, **about: str) -> Reply:
    situation = {"situation": visit.person.situation} if visit.person.situation else {}
    person, run = begun(visit.person, RUN, visit.now, {**situation, **about})
    return Reply(person, (resuming.ask_again(coach, visit, run),))


def times(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask anew how often and when, while it runs."""
    del argument
    running = stage(visit.person.diary, visit.ear.today) is Stage.RUNNING
    return _begin(coach, visit, anew="yes") if running else status(coach, visit)


def again(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Begin another log, when the last one is long enough ago."""
    del argument
    first = next_from(visit.person.diary)
    over = stage(visit.person.diary, visit.ear.today) is Stage.OVER
    may = over and first is not None and visit.ear.today >= first
    return _begin(coach, visit) if may else status(coach, visit)


def stop(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Stop the log at once; until its two weeks are over it can be gone on with."""
    del argument
    diary, today = visit.person.diary, visit.ear.today
    if diary.log is None or stage(diary, today) is not Stage.RUNNING:
        return status(coach, visit)
    stopped = replace(diary, log=replace(diary.log, ended=today, why_ended="stopped"))
    say = offer("energy.stopped", ("seen", "log:seen"), ("resume", "log:resume"))
    return having(visit, stopped, say, Remembered("energy", {"log": "stopped"}))


def resume(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Go on with a log that stopped, as long as its two weeks last."""
    del argument
    diary, today = visit.person.diary, visit.ear.today
    if diary.log is None or stage(diary, today) not in (Stage.SILENT, Stage.STOPPED):
        return status(coach, visit)
    woken = replace(diary, log=replace(diary.log, ended=None, why_ended="", again_on=today))
    asked = _asking_again(replace(visit.person, diary=woken))
    facts: dict[str, Fact] = {
        "times": tuple(map(clock, diary.log.times)),
        "last": OnDay(last_day(diary.log)),
    }
    say = offer("energy.resumed", ("more", "log:more"), facts=facts)
    return Reply(asked, (say,), (Remembered("energy", {"log": "resumed"}),))


def _asking_again(person: Person) -> Person:
    """Whoever switches a log on wants to be asked: that ends a pause, and what silenced the log before."""
    rhythm = person.diary.rhythm
    silenced = tuple(kind for kind in rhythm.silenced if kind != KIND)
    snoozed = {kind: day for kind, day in rhythm.snoozed.items() if kind != KIND}
    diary = replace(person.diary, rhythm=replace(rhythm, silenced=silenced, snoozed=snoozed))
    paused = person.standing is Standing.PAUSED
    return replace(person, diary=diary, standing=Standing.ACTIVE if paused else person.standing)


def having(visit: Visit, diary: Diary, say: Say, *remember: Remembered) -> Reply:
    """Return the reply after which the diary is this one."""
    return Reply(replace(visit.person, diary=diary), (say,), remember)


def hush(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask nothing more today."""
    del coach, argument
    diary, tomorrow = visit.person.diary, visit.ear.today + timedelta(days=1)
    rhythm = replace(diary.rhythm, snoozed={**diary.rhythm.snoozed, KIND: tomorrow})
    return having(visit, replace(diary, rhythm=rhythm), Say("energy.hushed"))


def run_answered(coach: Coach, visit: Visit, reply: Reply, run: Conversation) -> Reply:
    """Switch the log on, or move its prompts. Too late for any of today's, it begins tomorrow."""
    del coach
    person, anew = reply.person.without(run.flow), run.about.get("anew") == "yes"
    code = run.value("two") or run.value("three")
    if run.value("often") is None or not isinstance(code, str):
        left = Say("engine.left_as_it_was") if anew else Say("energy.not_begun")
        return replace(reply, person=person, remember=()).adding(left)
    diary, when = person.diary, minutes_of(code)
    moved = anew and diary.log is not None
    log = replace(diary.log, times=when) if moved and diary.log else LogRun(_first_day(visit, when), when)
    body = {"log": "times" if moved else "started", "on": log.started.isoformat(), "times": list(when)}
    return replace(
        reply,
        person=_asking_again(replace(person, diary=replace(diary, log=log))),
        says=(*reply.says, *_switched_on(visit, person, log, moved=moved)),
        remember=(Remembered("energy", body),),
    )


def _first_day(visit: Visit, when: tuple[int, ...]) -> date:
    local = at_home(visit.person, visit.now)
    late = local.hour * 60 + local.minute > when[-1]
    return local.date() + timedelta(days=1 if late else 0)


def _switched_on(visit: Visit, person: Person, log: LogRun, *, moved: bool) -> tuple[Say, ...]:
    facts: dict[str, Fact] = {
        "times": tuple(map(clock, log.times)),
        "tomorrow": log.started > visit.ear.today,
    }
    ways = (("more", "log:more"), *((("clock", "clock"),) if person.zone is None else ()))
    notes = (*_in_quiet_hours(person, log), *((Say("energy.no_clock"),) if person.zone is None else ()))
    prompt = "energy.moved" if moved else "energy.switched_on"
    return (*notes, Say(prompt, facts, buttons("energy.switched_on", *ways)))


def _in_quiet_hours(person: Person, log: LogRun) -> tuple[Say, ...]:
    """Times at which nothing may come, as this person has it, are said at once."""
    begins, ends = person.diary.rhythm.quiet_from, person.diary.rhythm.quiet_until
    over_night = begins > ends
    within = [
        each for each in log.times if (each >= begins or each < ends if over_night else begins <= each < ends)
    ]
    facts: dict[str, Fact] = {"times": tuple(map(clock, within)), "begin": clock(begins), "end": clock(ends)}
    return (Say("energy.quiet_then", facts),) if within else ()
