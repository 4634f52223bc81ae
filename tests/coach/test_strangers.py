"""Strangers do anything at all, and know the right answers too: the coach keeps its place and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.commands import COMMANDS, WISHES
from flows.engine.heard import Corrected, Returned, Tapped
from flows.engine.say import Button
from flows.engine.tokens import Choice, read_token
from flows.person import DEEPEST, Standing
from flows.reply import Reply
from tests.coach.given import HOUSE, Chat, a_stranger, at_question, buttons_of, sketched, somebody
from tests.coach.telegram_rules import breaks

PLAIN = {
    *(
        "7",
        "0",
        "11",
        "-1",
        "3.5",
        "seven",
        "7 or 8",
        "yes",
        "no",
        "skip",
        "back",
        "why?",
        "idk",
        "?",
        "",
        " ",
    ),
    *("Germany", "Georgia", "usa", "Springfield", "14:30", "UTC+2", "\U0001f1eb\U0001f1f7", "I'm 17", "34"),
    *("mostly", "a litle", "bad sleep, a loss", "that's all", "keep it", "go on", "no, keep it", "Deutsch"),
    *("<b>", "{{ x }}", "{% if %}", "&amp;", "\u202eabc", "\U0001f9f1" * 2000, "x" * 4096, "\x00", "\ud83d"),
    *("sos", "help", "map", "delete everything", "start over", "It is the meetings.", "\u200b\u200b"),
}
EDITED = range(1, 6)

texts = st.one_of(st.sampled_from(sorted(PLAIN)), st.text(max_size=60))
moves = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 30)),
    st.tuples(st.just("answer"), st.integers(0, 30)),
    st.tuples(st.just("label"), st.integers(0, 30)),
    st.tuples(st.just("tap"), st.integers(0, 10_000)),
    st.tuples(st.just("forge"), st.tuples(st.integers(0, 10_000), st.text(max_size=8))),
    st.tuples(st.just("write"), texts),
    st.tuples(st.just("command"), st.tuples(st.sampled_from(sorted({*COMMANDS, *WISHES, "x"})), texts)),
    st.tuples(st.just("edit"), st.tuples(texts, st.sampled_from(EDITED))),
    st.tuples(st.just("send"), st.sampled_from(["voice", "photo", "sticker", "location", "other"])),
    st.tuples(st.just("return"), st.none()),
    st.tuples(st.just("wait"), st.sampled_from([1, 47, 49, 24 * 8, 24 * 400])),
)


@dataclass
class Stranger:
    """Somebody who makes one move after the other and has every button that was ever shown."""

    chat: Chat = field(default_factory=Chat)
    shown: list[Button] = field(default_factory=list)
    refs: int = 0

    def make(self, move: str, what: object) -> Reply | None:
        match move, what:
            case "wait", int(hours):
                self.chat.now += timedelta(hours=hours)
                return None
            case "answer" | "label", int(number):
                return self.answer(number, in_words=move == "label")
            case "tap", int(number):
                return self.tap(number, "")
            case "forge", (int(number), str(ending)):
                return self.tap(number, ending)
            case "write", str(text):
                self.refs += 1
                return self.chat.says(text, self.refs % len(EDITED) + 1)
            case "command", (str(name), str(argument)):
                return self.chat.commands(name, argument)
            case "edit", (str(text), int(ref)):
                return self.chat.hears(Corrected(text, ref))
            case "send", str(kind):
                return self.chat.sends(kind)
        return self.chat.hears(Returned())

    def answer(self, number: int, *, in_words: bool) -> Reply:
        """One of the answers of the newest question, by its button or by what stands on it."""
        newest = next((reply for reply in reversed(self.chat.replies) if any(buttons_of(reply))), None)
        there = [] if newest is None else list(buttons_of(newest))
        if not there:
            return self.chat.commands("start")
        button = there[number % len(there)]
        if in_words:
            return self.chat.says(HOUSE.voices[self.chat.person.locale].plain(button.label))
        return self.chat.hears(Tapped(button.token))

    def tap(self, number: int, ending: str) -> Reply:
        token = self.shown[number % len(self.shown)].token if self.shown else ""
        return self.chat.hears(Tapped(token + ending))


def check_place(chat: Chat) -> None:
    """At most one question is open, and it stands where it can be found."""
    person = chat.person
    assert len(set(person.open_flows)) == len(person.open_flows) <= DEEPEST
    for name in person.open_flows:
        assert not person.conversations[name].done
    if person.standing in (Standing.NEW, Standing.DECLINED, Standing.LEAVING):
        assert set(person.conversations) <= {"onboarding"}


def check_keyboards(chat: Chat, reply: Reply) -> None:
    """Buttons of a question are those of the one that is open, and only one message has them."""
    asking = [
        {token for button in say.buttons if isinstance(token := read_token(button.token), Choice)}
        for say in (*reply.says, *((reply.redraw,) if reply.redraw else ()))
    ]
    asking = [tokens for tokens in asking if tokens]
    assert len(asking) <= 1
    for token in (token for tokens in asking for token in tokens):
        there = chat.foreground
        assert (token.conversation, token.seq, token.question) == (there.id, there.seq, there.state)


def check_words(reply: Reply) -> None:
    """Everything that is said has words in every language, and each bubble is one that Telegram takes."""
    for voice in HOUSE.voices.values():
        for bubble in voice.bubbles(reply.says):
            assert not breaks(bubble)
        for short in filter(None, (reply.toast, reply.redraw)):
            assert voice.plain(short)
        if reply.chosen is not None:
            assert voice.plain(reply.chosen)


def check_answered(chat: Chat, reply: Reply, move: str) -> None:
    """Nothing is met with silence but an edit that corrects nothing, and who asked to be forgotten."""
    silent = not (reply.says or reply.toast or reply.redraw)
    assert not silent or move in ("edit", "return") or chat.person.standing is Standing.LEAVING


BEGINNINGS: Mapping[str, Callable[[], Chat]] = {
    "a stranger": a_stranger,
    "somebody": somebody,
    "in the middle": lambda: at_question("O7"),
    "near the end": lambda: at_question("CF1"),
    "with a map": sketched,
}


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(BEGINNINGS)), st.lists(moves, min_size=12, max_size=40))
def test_whatever_strangers_do_the_coach_keeps_its_place_and_its_words(
    beginning: str, all_moves: list[tuple[str, object]]
) -> None:
    stranger = Stranger(BEGINNINGS[beginning]())
    stranger.shown += (button for reply in stranger.chat.replies for button in buttons_of(reply))

    for move, what in all_moves:
        reply = stranger.make(move, what)
        if reply is not None:
            stranger.shown += buttons_of(reply)
            check_place(stranger.chat)
            check_keyboards(stranger.chat, reply)
            check_words(reply)
            check_answered(stranger.chat, reply, move)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 10), min_size=70, max_size=70), st.sampled_from([1, 20, 60]))
def test_whoever_taps_only_answers_reaches_a_map_or_a_goodbye(numbers: list[int], hours: int) -> None:
    """Nobody is ever stuck: any of the answers leads on, however long somebody thinks about each."""
    stranger = Stranger()
    stranger.chat.commands("start")

    for number in numbers:
        there = stranger.chat.person.foreground
        if there is None or there.flow not in ("onboarding", "sketch"):
            break
        stranger.chat.now += timedelta(hours=hours)
        options = [button for button in buttons_of(stranger.chat.replies[-1]) if not button.aside]
        skips = [button for button in buttons_of(stranger.chat.replies[-1]) if button.token.endswith("~skip")]
        marked = stranger.chat.foreground.draft
        ready = [
            button for button in buttons_of(stranger.chat.replies[-1]) if button.token.endswith("~ready")
        ]
        choice = ready if marked else options or skips
        stranger.chat.hears(Tapped(choice[number % len(choice)].token))

    person = stranger.chat.person
    assert person.diary.map is not None or person.standing in (Standing.DECLINED, Standing.LEAVING)
