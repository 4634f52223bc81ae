"""Trying one thing: planning it, looking at it on the way, and saying what came of it (A7, A9).

One trial at a time. What came of it is computed from the weekly numbers; only where nobody kept any is the
person asked, and then it counts like something remembered.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flows import resuming
from flows.assessment.explanations import Explanation
from flows.assessment.known import known
from flows.assessment.severity import is_severe
from flows.diary import Kept, PlannedTrial
from flows.engine.answers import Answer
from flows.engine.conversation import Conversation
from flows.engine.days import day_named
from flows.engine.say import Fact, Label, OnDay, Say
from flows.longitudinal.chapter import Chapter, NudgeKind
from flows.longitudinal.outcomes import outcome_says, remembered_as
from flows.longitudinal.responses import fair_weeks, response
from flows.longitudinal.trial_flows import KINDS, TRIAL, TRIAL_CHECK, TRIAL_END
from flows.longitudinal.trial_nudges import offered, wanted, week_of
from flows.person import Person, begun
from flows.reply import Remembered, Reply, Visit, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

OWN = {
    Explanation.CAP: "load",
    Explanation.ENV: "people",
    Explanation.VAL: "purpose",
    Explanation.IDN: "role",
    Explanation.IRR: "fix",
}
"""The trial that tests each explanation (A7)."""

MOVES = "ladder.names"
"""The prompt whose options name the moves that a trial may come from."""

HARMED = "3"
"""The code of e1 for harm: nothing is tried then that asks to stay longer (BR5)."""


def trial(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Plan a trial, or show the one that is running.

    The argument is a kind of trial, or a kind and the move it comes from: "load.cap_pacing".
    """
    person = visit.person
    kind, _, move = argument.partition(".")
    if person.diary.trial is not None:
        return Reply(person, (with_way_back(visit, _status(visit, person.diary.trial)),))
    if person.situation == "leave":
        return Reply(person, (with_way_back(visit, Say("trials.on_leave")),))
    if known(person).answers.get("e1") == HARMED:
        return Reply(person, (offer("trials.harm", ("moves", "moves"), ("map", "map")),))
    return _begin_planning(coach, visit, kind if kind in KINDS else "", move)


def _name_of(visit: Visit, move: str) -> str:
    """Return what a move is called where they are; "" for none."""
    labels = visit.ear.words.labels
    there = labels.get(f"{MOVES}:{visit.person.situation}", labels.get(MOVES, {}))
    return there.get(move, "")


def _begin_planning(coach: Coach, visit: Visit, kind: str, move: str = "") -> Reply:
    what = _name_of(visit, move)
    about = {
        "move": move if what else "",
        "situation": visit.person.situation,
        "fits": " ".join(_fitting(visit.person)),
        "now": _heaviness_now(visit.person),
        "severe": "yes" if is_severe(known(visit.person)) else "no",
    }
    person, planning = begun(visit.person, TRIAL, visit.now, about)
    opening: tuple[Say, ...] = () if kind else (Say("trials.intro"),)
    if kind:
        told = {"kind": kind, **({"what": what} if what else {})}
        answers = {name: Answer(value, int(visit.now.timestamp())) for name, value in told.items()}
        planning = replace(planning, answers=answers, trail=(*told,), state="cue" if what else "what")
        person = person.having(planning)
        if what:
            opening = (Say("moves.as_trial", {"what": what, "fair": TRIAL.facts(planning, "cue")["fair"]}),)
    return Reply(person, (*opening, resuming.ask_again(coach, visit.of(person), planning)))


def _fitting(person: Person) -> tuple[str, ...]:
    """The trials that would tell most: of what leads, or else of the two strongest."""
    drawn = person.diary.map
    if drawn is None:
        return ()
    order = sorted(drawn.points, key=lambda each: (each not in drawn.lead, -drawn.points[each]))
    return tuple(OWN[Explanation(each)] for each in order[:2])


def _heaviness_now(person: Person) -> str:
    weeks = [week.workday for week in person.diary.weeks if week.workday is not None]
    asked = known(person).number("O2")
    return str(weeks[-1]) if weeks else "" if asked is None else str(asked)


def _planned(coach: Coach, visit: Visit, reply: Reply, planning: Conversation) -> Reply:
    """Keep the plan, and say it once more: what was said twice is done more often (B, if-then plans)."""
    del coach
    person = reply.person.without(planning.flow)
    kind = planning.value("kind")
    if not isinstance(kind, str):
        return replace(reply, person=person).adding(Say("trials.dropped"))
    made = _trial_of(planning, kind, visit.ear.today, number=len(person.diary.trials) + 1)
    person = replace(person, diary=replace(person.diary, trials=(*person.diary.trials, made)))
    weeks = sum(week.workday is not None for week in person.diary.weeks)
    facts: dict[str, Fact] = {**_named(made), "start": OnDay(made.started), "end": OnDay(made.ends)}
    says = (
        Say("trials.planned" if made.cue and made.act else "trials.planned_plain", facts),
        offer(f"trials.{'needs' if weeks < 2 else 'has'}_weeks", ("week", "week"), ("trial", "trial")),
    )
    return replace(
        reply,
        person=person,
        says=(*reply.says, *says),
        remember=(*reply.remember, _remembered("planned", made)),
    )


def _trial_of(planning: Conversation, kind: str, today: date, *, number: int) -> PlannedTrial:
    started = day_named({"start": planning.value("start")}, "start") or today
    by = planning.value("by")
    severe = planning.about.get("severe") == "yes"
    return PlannedTrial(
        id=number,
        kind=kind,
        started=started,
        ends=started + timedelta(weeks=fair_weeks(kind, severe=severe)),
        what=_text(planning, "what"),
        move=planning.about.get("move", ""),
        cue=_text(planning, "cue"),
        act=_text(planning, "act"),
        predicted=planning.number("expect"),
        until_week=int(by) if isinstance(by, str) and by.isdecimal() else None,
    )


def _status(visit: Visit, running: PlannedTrial) -> Say:
    today = visit.ear.today
    if today < running.started:
        ahead: dict[str, Fact] = {**_named(running), "start": OnDay(running.started)}
        return offer("trials.ahead", ("stop", "trial_stop"), facts=ahead)
    week = week_of(running, today)
    total = max(1, (running.ends - running.started).days // 7)
    facts: dict[str, Fact] = {**_named(running), "week": min(week, total), "total": total}
    ways = (("look", "trial_look"), ("stop", "trial_stop"))
    planned = running.cue and running.act
    return offer("trials.running" if planned else "trials.running_plain", *ways, facts=facts)


def look(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask how it goes; when its time is over, ask what came of it."""
    del argument
    running = visit.person.diary.trial
    if running is None:
        return trial(coach, visit, "")
    if visit.ear.today >= running.ends:
        return _end(coach, visit, running)
    about = _about(visit, running)
    person, looking = begun(visit.person, TRIAL_CHECK, visit.now, about)
    return Reply(person, (resuming.ask_again(coach, visit.of(person), looking),))


def stop(coach: Coach, visit: Visit, argument: str) -> Reply:
    """End a trial before its time. One that has not begun is only taken back."""
    del argument
    running = visit.person.diary.trial
    if running is None:
        return trial(coach, visit, "")
    if visit.ear.today < running.started:
        kept = tuple(each for each in visit.person.diary.trials if each is not running)
        person = replace(visit.person, diary=replace(visit.person.diary, trials=kept))
        return Reply(person, (Say("trials.taken_back"),), (_remembered("taken_back", running),))
    return _end(coach, visit, running)


def _end(coach: Coach, visit: Visit, running: PlannedTrial) -> Reply:
    weeks = "yes" if response(running, visit.person.diary.weeks) else "no"
    early = "yes" if visit.ear.today < running.ends else ""
    about = {**_about(visit, running), "weeks": weeks, "early": early}
    person, ending = begun(visit.person, TRIAL_END, visit.now, about)
    return Reply(person, (resuming.ask_again(coach, visit.of(person), ending),))


def _about(visit: Visit, running: PlannedTrial) -> dict[str, str]:
    return {
        "situation": visit.person.situation,
        "kind": running.kind,
        "week": str(week_of(running, visit.ear.today)),
        "what": running.what,
        "cue": running.cue,
        "act": running.act,
    }


def _looked(coach: Coach, visit: Visit, reply: Reply, looking: Conversation) -> Reply:
    del coach
    person = reply.person.without(looking.flow)
    running = person.diary.trial
    if running is None:
        return replace(reply, person=person).adding(Say("trials.none_running"))
    updated = replace(running, checks=(*running.checks, _kept(visit, running, looking)))
    low = looking.value("kept") in ("0", "25")
    return replace(
        reply,
        person=_with(person, updated),
        says=(*reply.says, Say("trials.kept_little" if low else "trials.noted")),
        remember=(*reply.remember, _remembered("looked", updated, line=_text(looking, "line"))),
    )


def _kept(visit: Visit, running: PlannedTrial, looking: Conversation) -> Kept:
    kept, meanwhile = looking.value("kept"), looking.value("meanwhile")
    return Kept(
        on=visit.ear.today,
        week=week_of(running, visit.ear.today),
        percent=int(kept) if isinstance(kept, str) else None,
        meanwhile=tuple(each for each in meanwhile if each != "none") if isinstance(meanwhile, tuple) else (),
    )


def _ended(coach: Coach, visit: Visit, reply: Reply, ending: Conversation) -> Reply:
    """Say what came of it, next to what was expected; the map follows from it."""
    del coach
    person = reply.person.without(ending.flow)
    running = person.diary.trial
    if running is None:
        return replace(reply, person=person).adding(Say("trials.none_running"))
    today = visit.ear.today
    over = replace(
        running,
        checks=(*running.checks, _kept(visit, running, ending)),
        ended=today,
        stopped_early=today < running.ends,
        lesson=_text(ending, "lesson"),
    )
    over = remembered_as(over, person.diary.weeks, ending)
    return replace(
        reply,
        person=_with(person, over),
        says=(*reply.says, *outcome_says(over, person.diary.weeks)),
        remember=(*reply.remember, _remembered("ended", over)),
    )


def _with(person: Person, updated: PlannedTrial) -> Person:
    trials = tuple(updated if each.id == updated.id else each for each in person.diary.trials)
    return replace(person, diary=replace(person.diary, trials=trials))


def _named(each: PlannedTrial) -> dict[str, Fact]:
    return {"kind": Label("trial.kind", each.kind), "what": each.what, "cue": each.cue, "act": each.act}


def _text(conversation: Conversation, question: str) -> str:
    value = conversation.value(question)
    return value if isinstance(value, str) else ""


def _remembered(what: str, each: PlannedTrial, **more: str) -> Remembered:
    plain: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(each).items()
    }
    plain["checks"] = [{**check, "on": check["on"].isoformat()} for check in plain["checks"]]
    return Remembered("trial", {"event": what, **plain, **more})


CHAPTER = Chapter(
    flows=(TRIAL, TRIAL_CHECK, TRIAL_END),
    endings={TRIAL.name: _planned, TRIAL_CHECK.name: _looked, TRIAL_END.name: _ended},
    commands={"trial": trial, "trial_look": look, "trial_stop": stop},
    nudges=(NudgeKind("trial", 20, wanted, offered),),
)
