"""A flow is a table: questions, and which one follows when. `transitions` interprets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from transitions import Machine

from flows.engine.conversation import DONE, Conversation
from flows.engine.questions import Question
from flows.engine.say import Fact, Say

Guard = Callable[[Conversation], bool]
"""A condition over the answers so far; its name is a statement that can be read aloud."""


@dataclass(frozen=True, slots=True)
class Go:
    """One allowed change of state. Order is priority; the last one out of a state has no guard."""

    source: str
    target: str
    when: Guard | None = None


@dataclass(frozen=True, slots=True)
class Reflect:
    """What is said of an answer before the next question: the first that applies, or nothing."""

    question: str
    part: str
    when: Guard | None = None


def _no_facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    del conversation, question
    return {}


def _no_steps(conversation: Conversation) -> tuple[str, ...]:
    del conversation
    return ()


@dataclass(frozen=True)
class Flow:
    """A designed conversation.

    `steps` returns the questions a person is told about ("7 of 18"), in their order; `facts` what the
    prompts of this flow may use when they word one question. `worded_as` names the question whose prompt
    serves another one too. A flow whose questions or transitions change gets a higher `version`.
    """

    name: str
    version: int
    start: str
    questions: Mapping[str, Question]
    transitions: tuple[Go, ...]
    reflections: tuple[Reflect, ...] = ()
    steps: Callable[[Conversation], tuple[str, ...]] = _no_steps
    facts: Callable[[Conversation, str], Mapping[str, Fact]] = _no_facts
    worded_as: Mapping[str, str] = field(default_factory=dict)
    remembered: bool = True
    """Whether its answers become records. Those of a flow that leaves no trace do not."""

    def prompt(self, question: str) -> str:
        """Return the name of a question's prompt, which is also where its labels are."""
        return f"{self.name}.{self.worded_as.get(question, question)}"

    def short(self, conversation: Conversation, question: str) -> Say:
        """Return what a question is called in a list or in the middle of a sentence."""
        return Say(f"{self.prompt(question)}.short", self.facts(conversation, question))

    @cached_property
    def machine(self) -> Machine:
        """The one machine of this flow, built once and shared by all people."""
        machine = Machine(
            model=None, states=[*self.questions, DONE], initial=self.start, auto_transitions=False
        )
        for go in self.transitions:
            machine.add_transition("answered", go.source, go.target, conditions=[go.when] if go.when else [])
        return machine

    def next_state(self, conversation: Conversation, state: str) -> str:
        """Return the state that follows. Raises FlowError when no transition applies (see `check`)."""
        cursor = _Cursor(state)
        if not self.machine.events["answered"].trigger(cursor, conversation):
            raise FlowError(
                f"flow {self.name}, state {state}: no transition applies; end with one without guard"
            )
        return cursor.state

    def path(self, conversation: Conversation) -> Iterator[str]:
        """Yield the states from the start to the first question without an answer, or to DONE."""
        state, seen = self.start, set[str]()
        while state not in seen:
            yield state
            if state == DONE or state not in conversation.answers:
                return
            seen.add(state)
            state = self.next_state(conversation, state)

    def frontier(self, conversation: Conversation) -> str:
        """Return the first open question, DONE when all that lie on the path are answered."""
        *_, last = self.path(conversation)
        return DONE if last in conversation.answers else last


class _Cursor:
    """The throw-away object that `transitions` moves; nothing is kept per person."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class FlowError(Exception):
    """An author's mistake in a flow or a prompt, found when flows are loaded."""
