"""Strangers who type anything, and who also know the right answers; and what must hold whatever they do."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.catalogue import Catalogue
from flows.engine.answers import Answer, Value
from flows.engine.asking import ask
from flows.engine.conversation import DONE, Conversation, as_plain, from_plain
from flows.engine.flow import Flow
from flows.engine.heard import Commanded, Corrected
from flows.engine.say import ASIDES, Button, CountryName, Label, Say, ZoneName
from flows.engine.stepping import Step, reopen, step
from flows.engine.tokens import Choice as Tap
from flows.engine.tokens import Order, read_token
from flows.engine.turn import Turn
from flows.engine.words import Ear
from tests.engine.given import LABELS, NOW, FewPlaces, said

WORDED = {"country": ("Germany", "usa", "Georgia"), "zone": ("Berlin", "springfield", "utc+1")}
"""What answers a question that has no options to pick from."""

DOINGS = (
    *("answers", "answers", "answers", "answers", "answers", "upsets", "upsets", "types", "types"),
    *("taps", "forges", "orders", "edits", "changes", "waits"),
)
WAITS = (60, 3600, 3 * 24 * 3600, 90 * 24 * 3600)
"""Seconds."""

HINGES = ("heaviness", "O2", "O3", "pace", "CF0", "R3", "adult", "country")
"""Questions on whose answers it depends which others are asked."""

ALL_COUNTRIES = frozenset({"GB", "IE", "CA", "AU", "AT", "CH", "GE"})


class EveryCountry(FewPlaces):
    """A gazetteer in which every other country has one clock."""

    def zones(self, country: str) -> tuple[str, ...]:
        return super().zones(country) or (("Etc/UTC",) if country in ALL_COUNTRIES else ())


@dataclass
class Stranger:
    """One person in one flow, and everything that was ever shown to them or learned of them."""

    flow: Flow
    catalogue: Catalogue
    conversation: Conversation
    now: datetime = NOW
    buttons: list[Button] = field(default_factory=list)
    replayed: dict[str, Answer] = field(default_factory=dict)
    grounds: dict[str, dict[str, Value]] = field(default_factory=dict)
    """For each answer, what the questions it depends on had as answers when it was given."""
    said: list[Turn] = field(default_factory=list)
    messages: int = 0

    @classmethod
    def meets(cls, flow: Flow, catalogue: Catalogue, seed: int) -> Stranger:
        """A stranger at the first question."""
        here = Conversation(
            flow.name, flow.version, "c0ffee42", flow.start, seed=seed, at=int(NOW.timestamp())
        )
        stranger = cls(flow, catalogue, here)
        stranger.buttons = list(ask(flow, here, stranger.ear).buttons)
        return stranger

    @property
    def ear(self) -> Ear:
        words = replace(self.catalogue.words, labels={**self.catalogue.labels, **LABELS})
        return Ear(words, EveryCountry(), self.now)

    def does(self, what: str, pick: int, text: str) -> None:
        """Do one of the `DOINGS`; `pick` chooses among what there is to choose from."""
        doings: dict[str, Callable[[], None]] = {
            "answers": lambda: self.answers(pick),
            "types": lambda: self.sends(text),
            "taps": lambda: self.taps_one_of(self.buttons[-12:] if pick % 3 else self.buttons, pick),
            "forges": lambda: self.taps(self.forged(pick, text)),
            "orders": lambda: self.steps(Commanded(("skip", "back", "why", text)[pick % 4])),
            "edits": lambda: self.steps(Corrected(text, pick % (self.messages + 1))),
            "changes": lambda: self.changes((*self.conversation.trail, text), pick),
            "upsets": lambda: self.upsets(pick),
            "waits": lambda: self.waits(WAITS[pick % len(WAITS)]),
        }
        doings[what]()

    def waits(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def changes(self, questions: Sequence[str], pick: int) -> None:
        self.takes(reopen(self.flow, self.conversation, questions[pick % len(questions)], self.ear))

    def upsets(self, pick: int) -> None:
        """Change an answer that others hang on, and see it through or not."""
        hinges = [name for name in self.conversation.trail if name in HINGES]
        if hinges:
            self.changes(hinges, pick)
            self.answers(pick // 7)
            if self.conversation.pending and pick % 4:
                self.sends(("yes", "no")[pick % 3 % 2])

    def sends(self, text: str) -> None:
        self.messages += 1
        self.steps(said(text, ref=self.messages))

    def taps_one_of(self, buttons: Sequence[Button], pick: int) -> None:
        if buttons:
            self.taps(buttons[pick % len(buttons)].token)

    def taps(self, token: str) -> None:
        match read_token(token):
            case Tap() as tap:
                self.steps(tap)
            case Order("change", where):
                question = where.removeprefix(f"{self.flow.name}.")
                self.takes(reopen(self.flow, self.conversation, question, self.ear))

    def forged(self, pick: int, text: str) -> str:
        """A token that is nearly right: any question, any number, any option."""
        states = (*self.flow.questions, DONE, "mood")
        codes = ("~ready", "~skip", "+", "-no", "+no", "yes", "change", "7", "DE", text)
        state, code = states[pick % len(states)], codes[pick % len(codes)]
        seq = max(0, self.conversation.seq + pick % 5 - 2)
        return f"q:{self.conversation.id if pick % 7 else 'deadbeef'}:{seq}:{state}:{code}"

    def answers(self, pick: int) -> None:
        """Answer the open question rightly: a button just shown, its label typed, or its number."""
        if not self.conversation.done:
            self.answers_the_open_one(pick)

    def answers_the_open_one(self, pick: int) -> None:
        here, question = self.conversation, self.flow.questions[self.conversation.state]
        options = [button for button in ask(self.flow, here, self.ear).buttons if not button.aside]
        asked = not here.pending
        if not options or (asked and question.kind == "place" and not here.offered and pick % 2):
            worded = WORDED.get(here.state, ("noise, mostly",))
            return self.sends(worded[pick % len(worded)])
        button = options[pick // 3 % len(options)]
        if pick % 3 == 0:
            self.taps(button.token)
            ready = self.ear.words.labels[ASIDES]["ready"]
            return self.sends(ready) if self.conversation.draft else None
        return self.sends((self.words_on(button), button.key or self.words_on(button))[pick % 2])

    def words_on(self, button: Button) -> str:
        match button.label:
            case Label(prompt, code):
                return self.ear.words.labels[prompt][code]
            case CountryName():
                return button.key
            case ZoneName():
                return button.key or "Berlin"
        return str(button.label)

    def steps(self, heard: Step) -> None:
        before = self.conversation
        turn = step(self.flow, before, heard, self.ear)
        if isinstance(heard, Tap) and heard.question != before.state:
            assert turn.conversation == before, "a button of another question changed something"
        if not turn.conversation.done and not isinstance(heard, Corrected):
            assert turn.says or turn.redraw or turn.toast, "an event was met with silence"
        self.takes(turn)

    def takes(self, turn: Turn) -> None:
        before, self.conversation = self.conversation, turn.conversation
        self.said.append(turn)
        for learned in turn.learned:
            self.replayed.pop(learned.question, None)
            if learned.answer:
                self.replayed[learned.question] = learned.answer
        for learned in turn.learned:
            if learned.answer:
                ground = self.flow.questions[learned.question].depends_on
                self.grounds[learned.question] = {name: self.conversation.value(name) for name in ground}
        for say in (*turn.says, *((turn.redraw,) if turn.redraw else ())):
            self.buttons += say.buttons
        self.all_is_well(before, turn)

    def all_is_well(self, before: Conversation, turn: Turn) -> None:
        here = self.conversation
        assert dict(here.answers) == self.replayed, "replaying what was learned gives other answers"
        assert sorted(here.trail) == sorted(here.answers), "the trail is not what was answered"
        assert from_plain(here.flow, json.loads(json.dumps(as_plain(here)))) == here
        assert here.seq > before.seq or (here.seq, here.state) == (before.seq, before.state)
        for name, answer in here.answers.items():
            assert self.flow.questions[name].holds(answer.value)
            ground = {other: here.value(other) for other in self.flow.questions[name].depends_on}
            assert self.grounds[name] == ground, f"{name} is stale"
        assert not self.off_the_path(), "an answer lies off the path"
        self.one_question_is_open(turn)

    def one_question_is_open(self, turn: Turn) -> None:
        keyboards = [say for say in turn.says if keyboard_of(say)]
        assert len(keyboards) <= 1, "two questions are open at once"
        for say in (*keyboards, *((turn.redraw,) if turn.redraw else ())):
            for tap in keyboard_of(say):
                now = (self.conversation.id, self.conversation.seq, self.conversation.state)
                assert (tap.conversation, tap.seq, tap.question) == now, "a button is stale from the start"
        if keyboards:
            assert turn.says[-1] is keyboards[0], "something is said after the question"
        assert not (keyboards and self.conversation.done)

    def met(self) -> set[str]:
        """What is remarkable about where this stranger is now."""
        here = self.conversation
        learned = [each for turn in self.said[-1:] for each in turn.learned]
        return {
            *({f"held: {here.pending.why}"} if here.pending else ()),
            *({name for name in ("ahead", "changing", "offered", "draft", "done") if getattr(here, name)}),
            *({"dropped"} if any(each.answer is None for each in learned) else ()),
        }

    def off_the_path(self) -> set[str]:
        """Answered questions that the table does not lead to, with open ones taken as skipped."""
        here, reached, state = self.conversation, set[str](), self.flow.start
        while state != DONE and state not in reached:
            reached.add(state)
            if state not in here.answers:
                here = replace(here, answers={**here.answers, state: Answer(None, 0)})
            state = self.flow.next_state(here, state)
        return set(self.conversation.answers) - reached


def keyboard_of(say: Say) -> list[Tap]:
    """The options of a question in one message; commands on buttons are none."""
    tokens = [read_token(button.token) for button in say.buttons]
    return [token for token in tokens if isinstance(token, Tap)]
