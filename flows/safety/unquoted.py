"""Words that were heard as a danger are never read back: in no map, resume, question or first message.

They stay the answer that they were, and are in the export of somebody's own data. In their place stands the
same in all prompts; a line that would be nothing but a quote is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import blake2s
from typing import TYPE_CHECKING, Any

from flows.engine.papers import Passage
from flows.engine.say import Button, Fact, Label, Say
from flows.own_words import texts_of
from flows.person import Person
from flows.reply import Reply

if TYPE_CHECKING:
    from flows.safety.listening import Listener

IN_THEIR_PLACE = Label("crisis.unquoted", "words")

ONLY_A_QUOTE = frozenset(
    {
        *("map.began", "share.own", "weekly.moved", "weekly.wrote", "weekly.pro", "weekly.con"),
        *("weekly.others", "weekly.step", "weekly.last_step", "weekly.said_back"),
    }
)
"""Lines that say nothing once the words are gone."""

UNDEFINED: Mapping[str, frozenset[str]] = {"sketch": frozenset({"own"})}
"""Facts, by the first part of the prompt, that are only there where somebody wrote something."""

EMPTY: Mapping[str, frozenset[str]] = {
    "decide": frozenset({"name", "expects"}),
    "moves": frozenset({"lesson", "words"}),
    "share": frozenset({"lesson", "words", "wish"}),
    "trial": frozenset({"what"}),
}
"""Facts that are empty where nobody wrote anything: then their part of the prompt is not said."""

OURS = ("crisis.", "sos.")
"""In these stand numbers and names of help lines, which speak of suicide themselves, and no quote."""

CUT = "\u2026"
"""What words end in that were too long."""

Heard = Callable[[str], bool]


def unquoted(reply: Reply, listener: Listener) -> Reply:
    """Return the reply without any words in which the listener hears a danger."""
    heard = _hearing(reply.person, listener)
    says = (each for each in reply.says if each.buttons or not _is_only_a_quote(each, heard))
    return replace(
        reply,
        says=tuple(_said(each, heard) for each in says),
        chosen=None if reply.chosen is None else _fact(reply.chosen, heard),
        redraw=reply.redraw and _said(reply.redraw, heard),
        toast=reply.toast and _said(reply.toast, heard),
    )


def _hearing(person: Person, listener: Listener) -> Heard:
    """Return whether a danger is heard in words, or in the longer words of which they are the beginning.

    Only what the person wrote is listened to: most of what is said is ours, and listening takes longer than
    everything else in a turn. What was asked about and is about work, they said, is believed to be.
    """
    named = (entry.what for entry in person.diary.entries)
    everything = (*texts_of(person), *named)
    believed = {*person.crisis.about_work}
    theirs = [_plain(each) for each in everything if not believed or mark_of(each, person) not in believed]

    @cache  # for this reply alone: the same words stand in several places of it
    def listen(text: str) -> bool:
        found = listener.listen(text)
        return found is not None and found.kind != "denial"

    def heard(text: str) -> bool:
        begins = _plain(text.removesuffix(CUT))
        if not any(begins in each for each in theirs):
            return False
        return listen(text) or (text.endswith(CUT) and any(listen(each) for each in theirs if begins in each))

    return heard


def mark_of(words: str, person: Person) -> str:
    """Return a mark by which the same words of the same person are known again, and nothing else."""
    return blake2s(_plain(words).encode(), key=str(person.seed).encode()[:32], digest_size=8).hexdigest()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_only_a_quote(fact: Fact, heard: Heard) -> bool:
    if not isinstance(fact, Say) or fact.prompt not in ONLY_A_QUOTE:
        return False
    return any(isinstance(each, str) and heard(each) for each in fact.facts.values())


def _said(say: Say, heard: Heard) -> Say:
    if say.prompt.startswith(OURS):
        return say
    return replace(
        say,
        facts=dict(_facts(say, heard)),
        buttons=tuple(_button(each, heard) for each in say.buttons),
        foot=say.foot and _said(say.foot, heard),
        picture=_inside(say.picture, heard),
        file=_inside(say.file, heard),
    )


def _facts(say: Say, heard: Heard) -> Iterator[tuple[str, Fact]]:
    chapter = say.prompt.partition(".")[0]
    for name, fact in say.facts.items():
        quoted = isinstance(fact, str) and heard(fact)
        if quoted and name in EMPTY.get(chapter, ()):
            yield name, ""
        elif not (quoted and name in UNDEFINED.get(chapter, ())):
            yield name, _fact(fact, heard)


def _button(button: Button, heard: Heard) -> Button:
    words = isinstance(button.label, str) and heard(button.label)
    return replace(button, label=IN_THEIR_PLACE) if words else button


def _fact(fact: Fact, heard: Heard) -> Fact:
    if isinstance(fact, str):
        return IN_THEIR_PLACE if heard(fact) else fact
    if isinstance(fact, tuple):
        return tuple(_fact(each, heard) for each in fact if not _is_only_a_quote(each, heard))
    if isinstance(fact, Say):
        return IN_THEIR_PLACE if _is_only_a_quote(fact, heard) else _said(fact, heard)
    return fact


def _inside(shown: Any, heard: Heard) -> Any:
    """Return a picture or a paper without them: all words on it are facts somewhere inside.

    A passage of a paper that has no line left goes with its heading.
    """
    if isinstance(shown, str | Say):
        return _fact(shown, heard)
    if isinstance(shown, tuple):
        return tuple(
            _inside(each, heard)
            for each in shown
            if not (_is_only_a_quote(each, heard) or _has_no_line_left(each, heard))
        )
    return _part_by_part(shown, heard) if is_dataclass(shown) else shown


def _part_by_part(shown: Any, heard: Heard) -> Any:
    return replace(shown, **{each.name: _inside(getattr(shown, each.name), heard) for each in fields(shown)})


def _has_no_line_left(part: Any, heard: Heard) -> bool:
    if not isinstance(part, Passage) or not part.lines:
        return False
    return all(_is_only_a_quote(line, heard) for line in part.lines)
