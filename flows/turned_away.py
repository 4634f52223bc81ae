"""Whoever is turned away by the people who run the coach. Their rights do not end, and neither does help."""

from __future__ import annotations

from flows.asides import ERASE
from flows.engine.heard import Heard, Tapped, Wrote
from flows.engine.say import Say
from flows.engine.tokens import Choice, order_token, read_token
from flows.narrowing import narrowed
from flows.person import Person
from flows.reply import Reply
from flows.safety.crisis import TAPPED
from flows.safety.listening import Listener
from flows.wished import command_in

RIGHTS = frozenset({"privacy", "export", "erase", "withdraw", "keep_words", "let_go", "hide", "pause", "sos"})
"""What works as ever."""

CRIES = frozenset({"sos", TAPPED})

NOTICE = Say("doors.blocked", apart=True)
"""What they are told, once."""

TOO_FAST = Say("doors.too_fast")
"""What somebody is told who sent more than can be read."""


def asks_for_help(heard: Heard, listener: Listener) -> bool:
    """Return whether somebody asks for help, by a tap, a command, its bare name, or what they write."""
    if isinstance(heard, Wrote) and listener.listen(heard.text) is not None:
        return True
    return command_in(heard) in CRIES


def may_still(person: Person, heard: Heard, listener: Listener) -> bool:
    """Return whether what they want is one of their rights, or help; in a crisis nothing else is there."""
    if person.crisis.on or command_in(heard) in RIGHTS or asks_for_help(heard, listener):
        return True
    match heard:
        case Tapped(token):
            choice, erasing = read_token(token), person.conversations.get(ERASE.name)
            return isinstance(choice, Choice) and erasing is not None and choice.conversation == erasing.id
        case Wrote():
            there = person.foreground
            asked = any(token.startswith(order_token(TAPPED)) for _, _, token in person.offered)
            return asked or (there is not None and there.flow == ERASE.name)
    return False


def bare(reply: Reply) -> Reply:
    """Return the reply without the ways back to talking that it may offer."""
    return narrowed(reply, RIGHTS | CRIES)
