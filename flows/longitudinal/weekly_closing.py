"""The end of a reflection: what they said in their own words, the small step once more, the weeks so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.diary import Diary, Week
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Say
from flows.longitudinal.timeline import chart, is_unusual, named
from flows.longitudinal.weekly import WEEK, before, is_enough
from flows.longitudinal.weekly_usefulness import with_usefulness
from flows.longitudinal.weekly_weeks import as_remembered, kept, monday_in, week_of, with_week
from flows.person import Person
from flows.reply import Remembered, Reply, Visit, offer

if TYPE_CHECKING:
    from flows.coach import Coach

DRAWN_FROM = 3
"""Weeks from which on the picture of them says more than the numbers."""

AS_HEAVY = 3
"""Weeks in a row in which a day off was no lighter, until that is said; and from which weight on."""

WEIGHS = 5


def week_kept(coach: Coach, visit: Visit, reply: Reply, conversation: Conversation) -> Reply:
    """Keep the week in the diary and as a record, and say back what it holds."""
    del coach
    week = week_of(conversation, visit.now)
    if week is None:
        return replace(reply, person=reply.person.without(WEEK.name)).adding(Say("weekly.nothing"))
    changed = _was_changed(visit.person, conversation)
    first = kept(visit.person.diary, week.monday)
    week = replace(week, at=first.at) if first else week
    diary = _usefulness_kept(with_week(reply.person.diary, week), conversation)
    person = replace(reply.person, diary=diary)
    says = [*(() if changed else _said_back(week, conversation)), *_pattern(diary, week)]
    if diary.parked and not visit.person.diary.parked:
        says.append(Say("weekly.parked", WEEK.facts(conversation, "useful")))
    drawn = chart(person, visit.now) if len(diary.weeks) >= DRAWN_FROM else None
    person, last = _last_words(person, conversation, changed=changed)
    return replace(
        reply,
        person=person,
        says=(*reply.says, *says, *((drawn,) if drawn else ()), last),
        remember=(*reply.remember, Remembered("week", as_remembered(week))),
    )


def _usefulness_kept(diary: Diary, conversation: Conversation) -> Diary:
    told = conversation.value("useful")
    if told not in ("yes", "no"):
        return diary
    return with_usefulness(diary, monday_in(conversation), changed=told == "yes")


def _said_back(week: Week, conversation: Conversation) -> Iterator[Say]:
    """Yield what they said, exactly as they said it."""
    yield from _numbers(week, conversation)
    words: dict[str, str] = {"moved": week.moved, "wrote": week.words, "pro": week.pro, "con": week.con}
    for name, text in {**words, "others": week.others}.items():
        if text:
            yield Say(f"weekly.back.{name}", {"words": text})
    if week.cue and week.act:
        yield Say("weekly.back.step", {"cue": week.cue, "act": week.act})


def _numbers(week: Week, conversation: Conversation) -> Iterator[Say]:
    was = before(conversation)
    told: dict[str, Fact] = {"workday": week.workday or 0, "day_off": week.day_off or 0, "before": was or 0}
    facts = named() | told
    if week.workday is None:
        if week.day_off is not None:
            yield Say("weekly.back.day_off", facts)
        return
    both = "both" if week.day_off is not None else "workday"
    yield Say(f"weekly.back.{both}_and_before" if was is not None else f"weekly.back.{both}", facts)


def _pattern(diary: Diary, week: Week) -> Iterator[Say]:
    """Days off that weigh as much as work, three weeks now: then it may not be work alone (A8)."""
    usual = [each for each in diary.weeks if each.monday <= week.monday and not is_unusual(diary, each)]
    latest = [_is_no_lighter_off(each) for each in usual[-AS_HEAVY - 1 :]]
    if latest[-AS_HEAVY:] == [True] * AS_HEAVY and latest[:-AS_HEAVY] != [True]:
        yield Say("weekly.days_off_weigh_too")


def _is_no_lighter_off(week: Week) -> bool:
    if week.workday is None or week.day_off is None:
        return False
    return week.day_off >= week.workday >= WEIGHS


def _last_words(person: Person, conversation: Conversation, *, changed: bool) -> tuple[Person, Say]:
    """The way on; after the first week, once, the offer to choose a day for it."""
    if not changed:
        there, asked = with_offer_of_a_day(person)
        if asked is not None:
            return there, asked
    stopped = any(is_enough(question)(conversation) for question in WEEK.questions)
    prompt = "weekly.enough_for_today" if stopped else "weekly.done"
    return person, Say(prompt, {}, offer("weekly.done", ("map", "map"), ("history", "history")).buttons)


def _was_changed(person: Person, conversation: Conversation) -> bool:
    """Whether a week ends once more because one of its answers was changed."""
    there = person.conversations.get(WEEK.name)
    same = there is not None and there.about.get("monday") == conversation.about["monday"]
    return same and there is not None and (there.done or there.changing or there.ahead)


def with_offer_of_a_day(person: Person) -> tuple[Person, Say | None]:
    """Return the offer to choose a weekday for looking back, and the person to whom it was made.

    None when they have chosen one, or were asked before: it is offered once, after the first week or map.
    """
    rhythm = person.diary.rhythm
    if rhythm.weekday is not None or rhythm.offered:
        return person, None
    diary = replace(person.diary, rhythm=replace(rhythm, offered=True))
    return replace(person, diary=diary), offer("weekly.choose_a_day", ("day", "rhythm:day"), ("no", "later"))
