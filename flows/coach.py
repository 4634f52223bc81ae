"""One person's event in, one Reply out: the only door to everything the coach can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows import commands, finishing, resuming
from flows.asides import NOTE
from flows.assessment.onboarding import ONBOARDING
from flows.assessment.rule import Rule
from flows.engine.changing import carry_over
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow
from flows.engine.heard import Commanded, Corrected, Heard, Returned, Sent, Tapped, Wrote
from flows.engine.places import Gazetteer
from flows.engine.say import Button, Label, Say
from flows.engine.stepping import Step, step
from flows.engine.tokens import Choice, Order, read_token
from flows.engine.turn import Turn
from flows.engine.understanding import plain
from flows.engine.words import Ear, Words
from flows.person import Person, Standing, begun
from flows.reply import Remembered, Reply, Visit, offer
from flows.safety.first_answer import Helplines
from flows.shelf import FLOWS


@dataclass(frozen=True)
class Coach:
    """Everything that does not change between people. Pure: `turn` depends on its arguments alone."""

    words: Mapping[str, Words]
    places: Gazetteer
    rule: Rule
    helplines: Helplines
    flows: Mapping[str, Flow] = field(default_factory=lambda: FLOWS)

    def turn(self, person: Person, heard: Heard, now: datetime) -> Reply:
        """Return what one event causes. `now` is aware. Raises for no input of a person."""
        person, carried = self._carried_over(person)
        ear = Ear(self.words[person.locale], self.places, now, person.country)
        reply = self._hear(Visit(person, ear, now), heard)
        if carried and reply.says:
            reply = replace(reply, says=(Say("coach.flow_changed"), *reply.says))
        return replace(reply, person=replace(reply.person, heard_at=now, offered=_offered(reply)))

    def _carried_over(self, person: Person) -> tuple[Person, bool]:
        """Bring conversations of an earlier release into this one's flows; unknown ones are left alone."""
        carried = False
        for name, conversation in person.conversations.items():
            flow = self.flows.get(name)
            if flow is None:
                person = replace(person, open_flows=tuple(n for n in person.open_flows if n != name))
            elif flow.version != conversation.version:
                person = person.having(carry_over(flow, conversation))
                carried = carried or name in person.open_flows
        return person, carried

    def _hear(self, visit: Visit, heard: Heard) -> Reply:
        match heard:
            case Commanded(name, argument):
                return self.obey(visit, name, argument)
            case Tapped(token):
                return self._tapped(visit, token)
            case Wrote():
                return self._wrote(visit, heard)
            case Corrected():
                return self._corrected(visit, heard)
            case Sent(kind):
                return self._received(visit, kind)
            case Returned():
                return Reply(visit.person)

    def obey(self, visit: Visit, name: str, argument: str = "") -> Reply:
        """Do what a command asks; an unknown one is answered with the way to the known ones."""
        if visit.person.standing in (Standing.NEW, Standing.DECLINED) and name not in commands.BEFORE_CONSENT:
            return self.introduce(visit)
        if name in ("skip", "back", "why"):
            return self.listen(visit, Commanded(name))
        command = commands.COMMANDS.get(name)
        return (
            command(self, visit, argument)
            if command
            else Reply(visit.person, (Say("coach.unknown_command"),))
        )

    def introduce(self, visit: Visit, payload: str = "") -> Reply:
        """Say who this is and begin the onboarding; somebody in the middle of it is led back to it."""
        foreground = visit.person.foreground
        if visit.person.standing is Standing.NEW and foreground is not None:
            return Reply(visit.person, (Say("coach.first_this"), resuming.ask_again(self, visit, foreground)))
        locale = payload if payload in self.words else visit.person.locale
        fresh = replace(visit.person, standing=Standing.NEW, locale=locale)
        person, conversation = begun(fresh, ONBOARDING, visit.now)
        return Reply(person, (resuming.ask_again(self, visit, conversation),))

    def listen(self, visit: Visit, heard: Step, conversation: Conversation | None = None) -> Reply:
        """Take one step in a conversation, the foreground one unless told otherwise."""
        conversation = conversation or visit.person.foreground
        if conversation is None:
            return resuming.nothing_open(self, visit)
        turn = step(self.flows[conversation.flow], conversation, heard, visit.ear)
        if turn.conversation.missed > conversation.missed and resuming.is_long_ago(conversation, visit.now):
            return resuming.resume(self, visit, conversation)
        return self._taken(visit, conversation, turn)

    def _taken(self, visit: Visit, before: Conversation, turn: Turn) -> Reply:
        after = turn.conversation
        person = visit.person.having(after)
        if not after.done and before.done:
            person = person.brought_forward(after.flow)
        reply = Reply(
            person,
            turn.says,
            tuple(_remembered(after.flow, learned.question, turn) for learned in turn.learned),
            turn.chosen,
            turn.redraw,
            turn.toast,
        )
        return finishing.follow_up(self, visit, reply, turn) if turn.learned else reply

    def _tapped(self, visit: Visit, token: str) -> Reply:
        match read_token(token):
            case Order(name, argument):
                return self.obey(visit, name, argument)
            case Choice() as choice:
                for conversation in visit.person.conversations.values():
                    if conversation.id == choice.conversation:
                        return self._tapped_in(visit, conversation, choice)
        return Reply(visit.person, toast=Say("engine.moved_on"))

    def _tapped_in(self, visit: Visit, conversation: Conversation, choice: Choice) -> Reply:
        """A tap answers the conversation it belongs to, which comes to the front if it was waiting."""
        waiting = conversation.flow in visit.person.open_flows
        counts = waiting and choice.question == conversation.state
        person = visit.person.brought_forward(conversation.flow) if counts else visit.person
        return self.listen(visit.of(person), choice, conversation)

    def _wrote(self, visit: Visit, heard: Wrote) -> Reply:
        order = _typed_offer(visit, heard.text)
        if order is not None:
            return self.obey(visit, order.name, order.argument)
        if visit.person.foreground is not None:
            return self.listen(visit, heard)
        if visit.person.standing is Standing.NEW:
            return self.introduce(visit)
        if visit.person.standing is Standing.DECLINED:
            return Reply(visit.person, (offer("coach.you_declined", ("talk", "start")),))
        return self._offer_to_keep(visit, heard.text)

    def _offer_to_keep(self, visit: Visit, text: str) -> Reply:
        """Words with nothing open are not lost: they can become a note for the week."""
        if not plain(text):
            return resuming.nothing_open(self, visit)
        person, note = begun(visit.person, NOTE, visit.now, {"text": text})
        return Reply(person, (resuming.ask_again(self, visit, note),))

    def _corrected(self, visit: Visit, heard: Corrected) -> Reply:
        """An edited message corrects the answer that it was; any other edit is left alone."""
        for conversation in visit.person.conversations.values():
            if any(answer.ref == heard.ref for answer in conversation.answers.values()):
                return self.listen(visit, heard, conversation)
        return Reply(visit.person)

    def _received(self, visit: Visit, kind: str) -> Reply:
        if visit.person.standing is Standing.NEW and visit.person.foreground is None:
            return self.introduce(visit)
        known = "coach.i_read_text" if kind not in ("voice", "sticker", "location") else f"coach.{kind}"
        return Reply(visit.person, (Say(known),))


def _remembered(flow: str, question: str, turn: Turn) -> Remembered:
    answer = next(learned.answer for learned in turn.learned if learned.question == question)
    value = list(answer.value) if answer and isinstance(answer.value, tuple) else answer and answer.value
    return Remembered(
        "answer", {"flow": flow, "question": question, "value": value, "dropped": answer is None}
    )


def _offered(reply: Reply) -> tuple[tuple[str, str, str], ...]:
    """The commands on the last message's buttons, so that they can be typed next."""
    if not reply.says:
        return reply.person.offered
    return tuple(
        (*_label_name(button), button.token)
        for button in reply.says[-1].buttons
        if isinstance(read_token(button.token), Order)
    )


def _label_name(button: Button) -> tuple[str, str]:
    if isinstance(button.label, Label):
        return button.label.prompt, button.label.code
    return "", str(button.label)


def _typed_offer(visit: Visit, text: str) -> Order | None:
    said = plain(text)
    for prompt, code, token in visit.person.offered:
        label = visit.ear.words.labels.get(prompt, {}).get(code, "") if prompt else code
        if plain(label) == said:
            order = read_token(token)
            return order if isinstance(order, Order) else None
    return None
