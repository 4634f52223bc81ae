"""From full time to elsewhere in dated stages: a slope rather than a cliff (S0, the eighteen months).

It is planned on paper, shown, revised, dropped, and looked at when a stage ends. Nothing in it advises to
leave or to stay. On leave nothing is planned; where there is harm, only how far the money carries is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flows import resuming
from flows.assessment.known import known
from flows.assessment.reading import HARMED
from flows.diary import Slope, Stage
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Label, Say
from flows.engine.stepping import reopen
from flows.longitudinal.chapter import Chapter, NudgeKind, Wanted
from flows.longitudinal.local_time import WINDOWS, zone_of
from flows.moves.slope_answers import about_currencies, money_of, plan_of, with_one_floor
from flows.moves.slope_flow import BRINGS, SLOPE, SLOPE_OUT
from flows.moves.slope_plan import prolonged
from flows.moves.slope_words import about_stage, against_the_floor, month, out_says, plan_says, way_on
from flows.person import Person, begun
from flows.reply import Remembered, Reply, Visit, buttons, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

CHANGES = {"stages": "stages", "pace": "pace", "income": "income", "floor": "floor", "savings": "savings"}
"""What can be changed by itself, by the label of its button: the question that is asked again."""


def slope(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Plan a slope, or show the one there is: all of it, one stage ("2"), or what can be changed."""
    plan = visit.person.diary.slope
    if visit.person.situation == "leave":
        return Reply(visit.person, (with_way_back(visit, Say("slopes.on_leave")),))
    if _is_harmed(visit.person):
        return _out_of_harm(coach, visit, argument)
    if SLOPE.name in visit.person.open_flows and argument != "anew":
        return resuming.go_on(coach, visit.of(visit.person.brought_forward(SLOPE.name)), "now")
    if plan is None or argument == "anew":
        return _begin(coach, visit)
    if argument == "change":
        return Reply(visit.person, (with_way_back(visit, _changes(visit.person, plan)),))
    if argument.isdecimal() and 1 <= int(argument) <= len(plan.stages):
        return Reply(visit.person, (with_way_back(visit, _stage(plan, int(argument) - 1)),))
    return Reply(visit.person, (*plan_says(plan, visit.ear.today), with_way_back(visit, way_on(plan))))


def _is_harmed(person: Person) -> bool:
    return known(person).answers.get("e1") == HARMED


def _begin(coach: Coach, visit: Visit) -> Reply:
    about = {"situation": visit.person.situation}
    person, planning = begun(visit.person, SLOPE, visit.now, about)
    return Reply(person, (resuming.ask_again(coach, visit.of(person), planning),))


def _out_of_harm(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Offer to count how far the money carries; a plan of before is neither shown nor gone on with."""
    if argument != "out":
        ways = (("out", "slope:out"), ("support", "trial:support"), ("map", "map"))
        return Reply(visit.person, (with_way_back(visit, offer("slopes.harm", *ways)),))
    person, counting = begun(visit.person, SLOPE_OUT, visit.now, {"situation": visit.person.situation})
    return Reply(person, (resuming.ask_again(coach, visit.of(person), counting),))


def _stage(plan: Slope, place: int) -> Say:
    further = (("next", f"slope:{place + 2}"),) if place + 1 < len(plan.stages) else ()
    return about_stage(plan, place, (*further, ("plan", "slope")))


def _changes(person: Person, plan: Slope) -> Say:
    """One button for each answer; without the answers it can only be planned anew."""
    if not _has_answers(person):
        return offer("slopes.change", ("anew", "slope:anew"))
    ways = [(label, f"slope_change:{question}") for label, question in CHANGES.items()]
    ways += [(stage.kind, f"slope_change:{BRINGS[stage.kind]}") for stage in plan.stages]
    return offer("slopes.change", *ways, ("anew", "slope:anew"))


def _has_answers(person: Person) -> bool:
    planning = person.conversations.get(SLOPE.name)
    return planning is not None and planning.done


def change(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask one question of the plan again; the plan follows from the answers."""
    planning = visit.person.conversations.get(SLOPE.name)
    if visit.person.diary.slope is None or planning is None or argument not in planning.answers:
        return slope(coach, visit, "")
    turn = reopen(coach.flows[SLOPE.name], planning, argument, visit.ear)
    person = visit.person.having(turn.conversation).brought_forward(SLOPE.name)
    return Reply(person, turn.says)


def drop(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Take the plan back, with the answers it came from."""
    del coach, argument
    plan = visit.person.diary.slope
    if plan is None:
        return Reply(visit.person, (with_way_back(visit, Say("slopes.nothing_to_drop")),))
    person = _with(visit.person, None).without(SLOPE.name)
    return Reply(
        person, (with_way_back(visit.of(person), Say("slopes.dropped")),), (_remembered("dropped", plan),)
    )


def longer(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Let the stage that is running, or that ended last, take a month more, and reckon anew."""
    plan = visit.person.diary.slope
    if plan is None or visit.person.situation == "leave" or _is_harmed(visit.person):
        return slope(coach, visit, "")
    place = int(argument) - 1 if argument.isdecimal() and 1 <= int(argument) <= len(plan.stages) else None
    if place is None:
        place = _place_now(plan, visit.ear.today)
    moved = prolonged(plan, place)
    facts: dict[str, Fact] = {
        "stage": Label("slope.stages", moved.stages[place].kind),
        "last": month(moved.stages[-1].last),
    }
    says = (
        Say("slopes.longer", facts),
        *against_the_floor(moved, visit.ear.today),
        with_way_back(visit, way_on(moved)),
    )
    return Reply(_with(visit.person, moved), says, (_remembered("longer", moved),))


def look(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask what becomes of a stage whose time is over: on, a month longer, or something else."""
    plan = visit.person.diary.slope
    if plan is None or visit.person.situation == "leave" or _is_harmed(visit.person):
        return slope(coach, visit, "")
    place = _place_of(plan, argument)
    place = _place_now(plan, visit.ear.today) if place is None else place
    stage, on = plan.stages[place], place + 1 < len(plan.stages)
    facts: dict[str, Fact] = {"stage": Label("slope.stages", stage.kind), "last": month(stage.last)}
    more = ("longer", f"slope_longer:{place + 1}")
    if not on:
        last = offer(
            "slopes.over_last", more, ("change", "slope:change"), ("drop", "slope_drop"), facts=facts
        )
        return Reply(visit.person, (with_way_back(visit, last),))
    facts["next"] = Label("slope.stages", plan.stages[place + 1].kind)
    ways = (("on", f"slope:{place + 2}"), more, ("change", "slope:change"))
    return Reply(visit.person, (with_way_back(visit, offer("slopes.over", *ways, facts=facts)),))


def _place_now(plan: Slope, today: date) -> int:
    """The stage that is running; before all of them the first, after them the last."""
    begun_by_now = [place for place, stage in enumerate(plan.stages) if stage.first <= today]
    return begun_by_now[-1] if begun_by_now else 0


def _place_of(plan: Slope, slot: str) -> int | None:
    return next((place for place, stage in enumerate(plan.stages) if _slot(stage) == slot), None)


def planned(coach: Coach, visit: Visit, reply: Reply, planning: Conversation) -> Reply:
    """Keep the plan that follows from the answers, and show it; a changed answer makes it anew."""
    del coach
    before = reply.person.diary.slope
    plan = plan_of(planning, visit.ear.today, before)
    if plan is None:
        person = _with(reply.person, None).without(planning.flow)
        return replace(reply, person=person).adding(Say("slopes.none"))
    person = _with(reply.person.having(with_one_floor(planning)), plan)
    says = (*about_currencies(planning), *plan_says(plan, visit.ear.today), way_on(plan))
    return replace(
        reply,
        person=person,
        says=(*reply.says, *says),
        remember=(*reply.remember, _remembered("changed" if before else "planned", plan)),
    )


def counted_out(coach: Coach, visit: Visit, reply: Reply, counting: Conversation) -> Reply:
    """Say how far the money carries; nothing of it is kept as a plan."""
    del coach
    person = reply.person.without(counting.flow)
    found = money_of(counting, visit.ear.today)
    says = (*about_currencies(counting), *out_says(found, visit.ear.today))
    return replace(reply, person=person, says=(*reply.says, *says))


def _with(person: Person, plan: Slope | None) -> Person:
    return replace(person, diary=replace(person.diary, slope=plan))


def _remembered(event: str, plan: Slope) -> Remembered:
    plain: dict[str, Any] = asdict(plan) | {"made": plan.made.isoformat()}
    plain["stages"] = [
        asdict(stage) | {"first": stage.first.isoformat(), "last": stage.last.isoformat()}
        for stage in plan.stages
    ]
    return Remembered("slope", {"event": event, **plain})


def _slot(stage: Stage) -> str:
    return f"{stage.last:%y%m%d}.{stage.kind}"


def wanted(person: Person, now: datetime) -> Iterator[Wanted]:
    """Yield the ends of stages that lie ahead; none on leave, and none where there is harm."""
    plan = person.diary.slope
    if plan is None or person.situation == "leave" or _is_harmed(person):
        return
    begins, ends = WINDOWS.get(person.diary.rhythm.window, WINDOWS["evening"])
    today = now.astimezone(zone_of(person.zone)).date()
    ahead = [stage for stage in plan.stages if stage.last >= today]
    for stage in ahead[:2]:
        yield Wanted("slope", _slot(stage), stage.last, begins, ends)


def offered(visit: Visit, nudge: Wanted) -> Say | None:
    """Return the offer to look at a stage that ends; None when the plan has no such end any more.

    It names neither the stage nor money: it may stand on a locked screen.
    """
    plan = visit.person.diary.slope
    if plan is None or _place_of(plan, nudge.slot) is None:
        return None
    return Say(
        "slopes.stage_ends", buttons=buttons("slopes.stage_ends", ("look", f"slope_look:{nudge.slot}"))
    )


CHAPTER = Chapter(
    flows=(SLOPE, SLOPE_OUT),
    endings={SLOPE.name: planned, SLOPE_OUT.name: counted_out},
    commands={
        "slope": slope,
        "slope_change": change,
        "slope_drop": drop,
        "slope_longer": longer,
        "slope_look": look,
    },
    nudges=(NudgeKind("slope", 25, wanted, offered),),
)
