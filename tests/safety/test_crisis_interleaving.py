"""No first message in a crisis, after /pause, or within 24 hours of explicit words, whatever happens when.

The real coach with all it wants to send, its real plans, and nudges of earlier plans that another process may
still hold. The rule is written a second time here: from what was typed and tapped, not from what is stored.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from flows.engine.tokens import order_token
from flows.nudging import KINDS, Nudge, planned
from flows.person import Standing
from flows.safety.crisis_look_in import KIND as LOOK_IN
from tests.coach.given import Chat, order, prompts, sketched
from tests.safety.crisis_given import GUESSED, listening

A_DAY = timedelta(hours=24)
TALK = ("The meetings.", "hello", "7", "yes", "no", "sometimes", "go on", "later", "not now", "I can't go on")
DANGERS = ("I would hurt my boss", "He hits me", "My friend killed himself", "I'm not suicidal")
EXPLICIT = ("I want to die", "I have the pills here", "Quiero morir")
SAID_OUTRIGHT = ("ask.yes", "ask.sometimes", "safe.no", "safe_now.no")
"""Taps that say it outright, whenever they come: also on a button of last month."""

TAPS = (
    *("ask.no", "ask.rather_not", "safe.yes", "safe.unsure", "safe_now.called", "ways.plan", "ways.draft"),
    *("ways.lines", "look_in.no", "day_after.waiting", "harm_kept.keep", "harm_kept.drop", "plan_hour.walk"),
)
COMMANDS = (
    "sos",
    "continue",
    "start",
    "map",
    "week",
    "log",
    "trial",
    "rhythm",
    "done",
    "keep_words",
    "later",
)
HOURS = (0, 1, 3, 8, 12, 23, 24, 25, 49, 73, 24 * 7, 24 * 31, 24 * 84, 24 * 336)


class Interleaving(RuleBasedStateMachine):
    """One person, and everything that wants to be sent to them."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = Chat()
        self.waiting = set[Nudge]()
        self.explicit_at: datetime | None = None
        self.guessed_at: datetime | None = None
        self.in_crisis = False
        self.looked_in = 0
        self.wants_a_look_in = False
        self.has_paused = False

    @initialize()
    def has_a_map_and_wants_to_be_written_to(self) -> None:
        self.chat = sketched(O1="Good at what I can't defend.")
        self.chat.coach = listening()
        self.plans()

    def plans(self) -> None:
        """What is planned now may still be in another process's hands later."""
        self.waiting |= {*planned(self.chat.person, self.chat.now)}

    @rule(text=st.sampled_from((*TALK, *DANGERS)))
    def writes(self, text: str) -> None:
        """A yes to the question, or a no to being safe, says it outright too; "go on" may end a pause."""
        offered = any(token.startswith(order_token("continue")) for _, _, token in self.chat.person.offered)
        said = prompts(self.chat.says(text))
        if offered and text in ("go on", "yes") and not self.in_crisis:
            self.has_paused = False
        if any(each.startswith(("crisis.told", "crisis.now")) for each in said):
            self.says_it_outright()
        self.notes(said)

    @rule(text=st.sampled_from(EXPLICIT), edits=st.booleans())
    def writes_explicitly(self, text: str, edits: bool) -> None:
        reply = self.chat.edits(text, ref=900) if edits else self.chat.says(text)
        self.says_it_outright()
        self.notes(prompts(reply))

    @rule(edits=st.booleans())
    def writes_what_is_taken_for_it(self, edits: bool) -> None:
        """A guess begins it too, not twice a day; only a no to it is believed at once."""
        self.notes(prompts(self.chat.edits(GUESSED, ref=900) if edits else self.chat.says(GUESSED)))

    @rule(step=st.sampled_from(SAID_OUTRIGHT))
    def taps_that_it_is_so(self, step: str) -> None:
        self.chat.hears(order("crisis", step))
        self.says_it_outright()

    def says_it_outright(self) -> None:
        if not self.in_crisis:
            self.wants_a_look_in, self.looked_in = False, 0
        self.explicit_at, self.in_crisis = self.chat.now, True

    @rule(step=st.sampled_from(TAPS))
    def taps(self, step: str) -> None:
        """Not to be sure of being safe begins a crisis, on an old button too; in one it is asked further."""
        said = prompts(self.chat.hears(order("crisis", step)))
        if step == "safe.unsure" and not self.in_crisis:
            self.says_it_outright()
        self.notes(said)

    @rule()
    def wants_to_be_looked_in_on(self) -> None:
        self.notes(prompts(self.chat.hears(order("crisis", "look_in.yes"))))

    @rule(typed=st.booleans())
    def is_ok_to_go_on(self, typed: bool) -> None:
        reply = (
            self.chat.says("I'm OK to go on")
            if typed
            else self.chat.hears(order("crisis", "day_after.go_on"))
        )
        self.notes(prompts(reply))

    def notes(self, said: tuple[str, ...]) -> None:
        """Only the way out, a full day later, or a no to a guess ends a crisis."""
        if "crisis.guessed" in said:
            assert not self.in_crisis
            self.says_it_outright()
            self.explicit_at, self.guessed_at = None, self.chat.now
        if "crisis.believe_guess" in said:
            assert self.in_crisis
            assert self.explicit_at is None
            self.in_crisis = False
        if "crisis.look_in_yes" in said:
            self.wants_a_look_in = True
        if "crisis.went_on" in said:
            for begun in (self.explicit_at, self.guessed_at if self.in_crisis else None):
                assert begun is None or self.chat.now - begun >= A_DAY
            self.in_crisis = False
        if {"crisis.violence.paused", "coach.paused"} & {*said}:
            self.has_paused = True

    @rule(name=st.sampled_from(COMMANDS), typed=st.booleans())
    def commands(self, name: str, typed: bool) -> None:
        reply = self.chat.says(f"/{name}") if typed else self.chat.commands(name)
        self.notes(prompts(reply))
        if name in ("continue", "start") and not self.in_crisis:
            self.has_paused = False

    @rule()
    def pauses(self) -> None:
        self.chat.commands("pause")
        self.has_paused, self.wants_a_look_in = True, self.wants_a_look_in and not self.in_crisis

    @rule(kind=st.sampled_from(("voice", "sticker")))
    def sends(self, kind: str) -> None:
        self.chat.sends(kind)

    @rule(hours=st.sampled_from(HOURS), seconds=st.integers(0, 60))
    def waits(self, hours: int, seconds: int) -> None:
        self.plans()
        self.chat.waits(hours=hours, seconds=seconds)

    @rule()
    def one_comes_due(self) -> None:
        """The next of the plan, at its time."""
        for nudge in planned(self.chat.person, self.chat.now)[:1]:
            self.chat.now = max(self.chat.now, nudge.due)
            self.comes(nudge)

    @rule(words=st.sampled_from(EXPLICIT))
    def one_comes_due_in_the_second_of_explicit_words(self, words: str) -> None:
        for nudge in planned(self.chat.person, self.chat.now)[:1]:
            self.chat.now = max(self.chat.now, nudge.due - timedelta(seconds=20))
            self.writes_explicitly(words, False)
            self.comes(nudge)

    def comes(self, nudge: Nudge) -> None:
        nudging = self.chat.coach.nudge(self.chat.person, nudge, self.chat.now)
        if nudging.outcome == "sent":
            self.was_allowed(nudge.kind, self.chat.now)
            self.looked_in += nudge.kind == LOOK_IN
            self.chat.person = nudging.reply.person
            self.chat.replies.append(nudging.reply)

    @invariant()
    def nothing_that_anybody_holds_would_be_sent(self) -> None:
        self.plans()
        self.waiting = {each for each in self.waiting if each.until >= self.chat.now}
        for nudge in self.waiting:
            at = max(self.chat.now, nudge.due)
            if self.chat.coach.nudge(self.chat.person, nudge, at).outcome == "sent":
                self.was_allowed(nudge.kind, at)

    def was_allowed(self, kind: str, at: datetime) -> None:
        """safety.md C11.3."""
        soon = self.explicit_at is not None and at - self.explicit_at < A_DAY
        assert not self.has_paused, kind
        assert not soon, kind
        if kind == LOOK_IN:
            assert self.in_crisis
            assert self.wants_a_look_in
            assert self.looked_in == 0
        else:
            assert not self.in_crisis, kind

    @invariant()
    def the_coach_knows_it_too(self) -> None:
        assert self.chat.person.crisis.on is self.in_crisis
        assert not self.has_paused or self.chat.person.standing is Standing.PAUSED


Interleaving.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestInterleaving = Interleaving.TestCase


def kinds_sent(chat: Chat, days: int) -> set[str]:
    """What comes by itself to somebody who says nothing for so long."""
    found, until = set[str](), chat.now + timedelta(days=days)
    while chat.now < until:
        for nudge in planned(chat.person, chat.now)[:1]:
            if nudge.due > until:
                break
            chat.now = max(chat.now, nudge.due)
            nudging = chat.coach.nudge(chat.person, nudge, chat.now)
            found |= {nudge.kind} if nudging.outcome == "sent" else set()
            chat.person = nudging.reply.person
        else:
            chat.now += timedelta(days=1) if not planned(chat.person, chat.now) else timedelta(0)
            continue
        break
    return found


def test_without_a_crisis_a_year_of_silence_is_not_without_messages() -> None:
    chat = sketched()
    chat.coach = replace(listening(), kinds=KINDS)

    assert {"retention", "year"} & kinds_sent(chat, 400)


def test_in_a_crisis_that_nobody_ends_a_year_brings_nothing_but_the_look_in() -> None:
    for wanted in (False, True):
        chat = sketched()
        chat.coach = listening()
        chat.says("I want to die")
        if wanted:
            chat.hears(order("crisis", "look_in.yes"))

        assert kinds_sent(chat, 400) == ({LOOK_IN} if wanted else set())
