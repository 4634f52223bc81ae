"""Languages that no list is written in: nothing is heard in them, and that is said once, plainly (C3).

Which language a text is in is not guessed. Its script is known for certain, and where no list has that script
none can find anything. An unlisted language in a listed script cannot be told; the page about safety says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.asides import NOTE
from flows.engine.heard import Wrote
from flows.engine.say import Say
from flows.person import Person, Standing
from flows.reply import Reply
from flows.safety.crisis import ELSEWHERE
from flows.safety.listening import Said

if TYPE_CHECKING:
    from flows.coach import Coach

LISTED = frozenset(ELSEWHERE)
"""The languages of the lists (ISO 639-1)."""

SCRIPTS = frozenset({"LATIN", "CYRILLIC"})
"""The scripts that they are written in, as Unicode names them."""

DENSE = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
"""In these a sign says about as much as two or three letters elsewhere."""

AT_LENGTH = 20
"""Letters of another script, a dense one counted twice: more than the name of a place or a person."""


def told_of_lists(coach: Coach, heard: Said, reply: Reply) -> Reply:
    """Return the reply, with the notice in front when it is due, from then on with /sos under open questions.

    Not in a crisis, where help is all there is, nor for somebody who refused: of them nothing is kept, so it
    could not be said only once.
    """
    person = reply.person
    if person.crisis.on or person.standing in (Standing.DECLINED, Standing.LEAVING):
        return reply
    if person.crisis.told_of_lists:
        says = (_with_sos(say) if _asks_for_words(coach, person, say) else say for say in reply.says)
        return replace(reply, says=tuple(says))
    if not reply.says or not _is_due(person, heard):
        return reply
    told = replace(person, crisis=replace(person.crisis, told_of_lists=True))
    return replace(reply, person=told, says=(Say("crisis.unlisted", apart=True), *reply.says))


def _is_due(person: Person, heard: Said) -> bool:
    if person.locale not in LISTED and person.standing is not Standing.NEW:
        return True
    return isinstance(heard, Wrote) and is_unlisted(heard.text)


def is_unlisted(text: str) -> bool:
    """Return whether a text is written at length in a script that no list has, and mostly in it."""
    scripts = list(_scripts(text))
    weight = sum(2 if script in DENSE else 1 for script in scripts if script not in SCRIPTS)
    listed = sum(script in SCRIPTS for script in scripts)
    return weight >= AT_LENGTH and weight > listed


def _scripts(text: str) -> Iterator[str]:
    """Yield the script of each letter, as the first word of its name: "ARABIC LETTER BEH" is Arabic."""
    for sign in unicodedata.normalize("NFKC", text):
        if sign.isalpha():
            yield unicodedata.name(sign, "LATIN").split()[0]


def _asks_for_words(coach: Coach, person: Person, say: Say) -> bool:
    """Whether it is a question that is answered in own words: there it would be written, and not be heard."""
    there = person.foreground
    if there is None or there.flow not in coach.flows:
        return False
    flow = coach.flows[there.flow]
    question = flow.questions.get(there.state)
    in_words = question is not None and (question.kind == "free_text" or there.flow == NOTE.name)
    return in_words and say.prompt == flow.prompt(there.state)


def _with_sos(say: Say) -> Say:
    foot = Say("crisis.foot") if say.foot is None else Say("crisis.foot.too", {"foot": say.foot})
    return replace(say, foot=foot)
