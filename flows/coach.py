"""One person's event in, one Reply out: the only door to everything the coach can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from flows import commands, finishing, resuming, rights
from flows.asides import NOTE
from flows.assessment.onboarding import LOCALES, ONBOARDING
from flows.assessment.rule import Rule
from flows.engine.changing import carry_over
from flows.engine.conversation import Conversation
from flows.engine.days import Calendar
from flows.engine.flow import Flow
from flows.engine.heard import Commanded, Corrected, Heard, Returned, Sent, Tapped, Wrote
from flows.engine.places import Gazetteer
from flows.engine.say import Say
from flows.engine.small_words import FILLERS
from flows.engine.spelling import words_of
from flows.engine.stepping import Step, step
from flows.engine.tokens import Choice, Order, order_token, read_token
from flows.engine.turn import Learned, Turn
from flows.engine.understanding import agrees, plain, wish
from flows.engine.words import Ear, PlainDays, Words
from flows.learning import learnt
from flows.longitudinal import energy_entry
from flows.longitudinal.chapter import NudgeKind
from flows.longitudinal.falling_due import fall_due
from flows.longitudinal.unanswered import answered
from flows.nudging import KINDS, Nudge, Nudging
from flows.offers import offered_by, typed_offer
from flows.person import Offered, Person, Standing, begun
from flows.reply import Remembered, Reply, Visit, offer
from flows.safety.contact import with_contact
from flows.safety.first_answer import Helplines
from flows.safety.listening import HearsNothing, Listener, Said, Weighing, weighs_nothing
from flows.safety.protocol import attended
from flows.safety.unlisted import told_of_lists
from flows.safety.unquoted import unquoted
from flows.shelf import FLOWS
from flows.unagreed import about_own_data

AFTER_A_REFUSAL = offer("coach.you_declined", ("talk", "start"))


@dataclass(frozen=True)
class Coach:
    """Everything that does not change between people. Pure: `turn` depends on its arguments alone."""

    words: Mapping[str, Words]
    places: Gazetteer
    rule: Rule
    helplines: Helplines
    calendar: Calendar = field(default_factory=PlainDays)
    flows: Mapping[str, Flow] = field(default_factory=lambda: FLOWS)
    kinds: tuple[NudgeKind, ...] = KINDS
    listener: Listener = field(default_factory=HearsNothing)
    weighs: Weighing = weighs_nothing
    contact: str = ""
    """Whom people can tell about harm that was done here; "" where whoever runs Tare has named nobody."""

    def turn(self, person: Person, heard: Heard, now: datetime) -> Reply:
        """Return what one event causes. `now` is aware. Raises for no input of a person.

        Whoever is being erased has had the last word, and somebody who lets the coach in again wants nothing.
        """
        if person.standing is Standing.LEAVING or isinstance(heard, Returned):
            return Reply(person)
        person, carried = self._carried_over(self._at_home(person))
        visit = self._visit(answered(person), now)
        reply = attended(self, visit, heard, self._taught)
        if carried and not reply.person.crisis.on:
            reply = replace(reply, says=(Say("coach.flow_changed"), *reply.says))
        reply = unquoted(told_of_lists(self, heard, reply), self.listener)
        return replace(reply, person=replace(reply.person, heard_at=now, offered=_offered(reply)))

    def nudge(self, person: Person, nudge: Nudge, now: datetime) -> Nudging:
        """Return what becomes of a first message at its time. Of the person only the diary changes, and
        what is offered.
        """
        there, _ = self._carried_over(self._at_home(person))
        nudging = fall_due(self._visit(there, now), nudge, self.kinds)
        nudging = replace(nudging, reply=unquoted(nudging.reply, self.listener))
        after = nudging.reply.person
        offered = after.offered if nudging.outcome == "sent" else person.offered
        kept = person if after is there else replace(person, diary=after.diary, offered=offered)
        return replace(nudging, reply=replace(nudging.reply, person=kept))

    def _visit(self, person: Person, now: datetime) -> Visit:
        words, zone = self.words[person.locale], person.zone
        ear = Ear(words, self.places, now, person.country, zone=zone, calendar=self.calendar)
        return Visit(person, ear, now)

    def _at_home(self, person: Person) -> Person:
        """A language that this release lacks becomes one it has; of a refusal nothing is kept, not even
        what was offered after it, but it is always the same.
        """
        locale = person.locale if person.locale in self.words else LOCALES[0]
        declined = person.standing is Standing.DECLINED
        offers = offered_by((AFTER_A_REFUSAL,)) if declined else person.offered
        return replace(person, locale=locale, offered=offers)

    def _carried_over(self, person: Person) -> tuple[Person, bool]:
        """Bring conversations of an earlier release into this one's flows; unknown ones are left alone."""
        carried = False
        for name, conversation in person.conversations.items():
            flow = self.flows.get(name)
            if flow is None:
                person = replace(person, open_flows=tuple(n for n in person.open_flows if n != name))
            else:
                kept = carry_over(flow, conversation)
                if kept is not conversation:
                    carried = carried or name in person.open_flows
                    person = person.having(kept)
        return person, carried

    def _known(self, person: Person) -> list[Conversation]:
        """The conversations in flows of this release."""
        return [each for each in person.conversations.values() if each.flow in self.flows]

    def _taught(self, visit: Visit, heard: Said) -> Reply:
        """Do what is wanted when nothing is in the way, and let the map learn from it."""
        return rights.noted(learnt(self, visit, self._hear(visit, heard)), visit.now)

    def _hear(self, visit: Visit, heard: Said) -> Reply:
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

    def obey(self, visit: Visit, name: str, argument: str = "") -> Reply:
        """Do what a command asks; an unknown one is answered with the way to the known ones."""
        if not commands.is_allowed(visit.person, name):
            return about_own_data(visit, name, argument) or self._ask_a_stranger(visit)
        if commands.is_about_the_open_question(visit.person, name, argument):
            return self.listen(visit, Commanded(name))
        command = commands.COMMANDS.get(name)
        if command is None:
            return Reply(visit.person, (Say("coach.unknown_command"),))
        reply = command(self, visit, argument)
        return with_contact(reply, self.contact) if name == "privacy" else reply

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
        if turn.conversation.missed > conversation.missed:
            if conversation.flow == NOTE.name and isinstance(heard, Wrote):
                return self._ask_about_more(visit, conversation, heard.text)
            if resuming.is_long_ago(conversation, visit.now):
                return resuming.resume(self, visit, conversation)
        return self._taken(visit, turn)

    def _taken(self, visit: Visit, turn: Turn) -> Reply:
        """Whose question is asked stands in front from then on."""
        after = turn.conversation
        person = visit.person.having(after)
        if not after.done and _asks(turn):
            person = person.brought_forward(after.flow)
        reply = Reply(
            person,
            turn.says,
            self._remembered(after.flow, turn.learned),
            turn.chosen,
            turn.redraw,
            turn.toast,
        )
        return finishing.follow_up(self, visit, reply, turn) if turn.learned else reply

    def _remembered(self, flow: str, learned: tuple[Learned, ...]) -> tuple[Remembered, ...]:
        return tuple(_as_record(flow, each) for each in learned) if self.flows[flow].remembered else ()

    def _tapped(self, visit: Visit, token: str) -> Reply:
        match read_token(token):
            case Order(name, argument):
                return self.obey(visit, name, argument)
            case Choice() as choice:
                for conversation in self._known(visit.person):
                    if conversation.id == choice.conversation:
                        return self.listen(visit, choice, conversation)
        return Reply(visit.person, toast=Say("engine.moved_on"))

    def _ask_a_stranger(self, visit: Visit) -> Reply:
        """Introduce the coach; whoever refused once is only asked whether they think otherwise now."""
        if visit.person.standing is Standing.DECLINED:
            return Reply(visit.person, (AFTER_A_REFUSAL,))
        return self.introduce(visit)

    def _wrote(self, visit: Visit, heard: Wrote) -> Reply:
        text = heard.text
        order = _why_of_the_map(visit, text) or typed_offer(visit, text) or _bare_command(visit, text)
        if order is not None:
            return self.obey(visit, order.name, order.argument)
        if visit.person.foreground is not None:
            return self.listen(visit, heard)
        if visit.person.standing in (Standing.NEW, Standing.DECLINED):
            return self._ask_a_stranger(visit)
        return self._offer_to_keep(visit, heard.text)

    def _offer_to_keep(self, visit: Visit, text: str) -> Reply:
        """Words with nothing open are not lost: an entry of a log that just asked, or a note for the week."""
        entry = energy_entry.told(visit, text, {}) if _was_just_asked_for_energy(visit) else None
        if entry is not None:
            return entry
        if _says_nothing(text, visit.ear.words):
            return resuming.nothing_open(self, visit)
        person, note = begun(visit.person, NOTE, visit.now, {"text": text})
        return Reply(person, (resuming.ask_again(self, visit, note),))

    def _ask_about_more(self, visit: Visit, note: Conversation, text: str) -> Reply:
        """Further words, while the offer to keep the first ones stands, belong to the same note."""
        about = {**note.about, "text": f"{note.about['text']}\n{text}"}
        longer = replace(note, about=about, at=int(visit.now.timestamp()))
        return Reply(visit.person.having(longer), (resuming.ask_again(self, visit, longer),))

    def _corrected(self, visit: Visit, heard: Corrected) -> Reply:
        """An edited message corrects the answer that it was; any other edit is left alone."""
        for conversation in self._known(visit.person):
            if heard.ref in _messages(conversation):
                return self.listen(visit, heard, conversation)
        return Reply(visit.person)

    def _received(self, visit: Visit, kind: str) -> Reply:
        if visit.person.standing is Standing.NEW and visit.person.foreground is None:
            return self.introduce(visit)
        known = "coach.i_read_text" if kind not in ("voice", "sticker", "location") else f"coach.{kind}"
        return Reply(visit.person, (Say(known),))


def _was_just_asked_for_energy(visit: Visit) -> bool:
    """Whether the last first message was a prompt of the energy log, not long ago."""
    last = visit.person.diary.nudged[-1:]
    return any(each.kind == "log" and visit.now - each.at < timedelta(hours=3) for each in last)


def _as_record(flow: str, learned: Learned) -> Remembered:
    answer = learned.answer
    value = list(answer.value) if answer and isinstance(answer.value, tuple) else answer and answer.value
    body = {"flow": flow, "question": learned.question, "value": value, "dropped": answer is None}
    return Remembered("answer", body)


def _offered(reply: Reply) -> tuple[Offered, ...]:
    return offered_by(reply.says) if reply.says else reply.person.offered


def _bare_command(visit: Visit, text: str) -> Order | None:
    """A command without its slash. With a question open only a cry for help is none of its answers."""
    name = plain(text)
    heard = commands.SHOWN if visit.person.foreground is None else commands.CRIES
    return Order(name) if name in heard else None


def _why_of_the_map(visit: Visit, text: str) -> Order | None:
    """Any "why?" while the last thing said was about the map, and no question is open that it could mean."""
    offered = any(token.startswith(order_token("why")) for _, _, token in visit.person.offered)
    if not offered or visit.person.foreground is not None:
        return None
    return Order("why") if wish(text, visit.ear.words) == "why" else None


def _says_nothing(text: str, words: Words) -> bool:
    """Whether a text is nothing that somebody would want to find again: "thanks", "ok", "skip"."""
    small = set(words_of(text)) <= FILLERS
    return small or wish(text, words) is not None or agrees(text, words) is not None


def _asks(turn: Turn) -> bool:
    """Whether the turn puts the open question, anew or with other marks on it."""
    says = turn.says if turn.redraw is None else (*turn.says, turn.redraw)
    return any(isinstance(read_token(button.token), Choice) for say in says for button in say.buttons)


def _messages(conversation: Conversation) -> set[int | None]:
    """The messages that were answers in words, with one that is not counted yet."""
    held = () if conversation.pending is None else (conversation.pending.answer,)
    return {answer.ref for answer in (*conversation.answers.values(), *held)}
