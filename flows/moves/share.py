"""/share: one or two pages for a mentor, a coach, a partner or a doctor, previewed line by line.

The pages go into the person's own chat and nowhere else, and nothing of them is kept: not what was in them,
not for whom they were, only that some were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2s
from typing import TYPE_CHECKING

from flows import resuming
from flows.assessment.reading import read
from flows.assessment.sketch import SKETCH
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Say
from flows.longitudinal.chapter import Chapter
from flows.moves.share_flow import NONE, SHARE, SHARE_PREVIEW, STOP, reader_of
from flows.moves.share_names import may_name
from flows.moves.share_paper import paper, to_forward
from flows.moves.share_parts import READERS, Numbered, Part, kept, numbered, parts_for
from flows.person import begun
from flows.reply import Remembered, Reply, Visit, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach


def share(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask for whom it is; before there is anything to hand on, say what it takes."""
    del argument
    sketch = visit.person.conversations.get(SKETCH.name)
    if sketch is None or not (sketch.done or visit.person.diary.map is not None):
        return Reply(visit.person, (with_way_back(visit, offer("share.no_map", ("go_on", "next"))),))
    person = visit.person.without(SHARE.name).without(SHARE_PREVIEW.name)
    person, asking = begun(person, SHARE, visit.now, {"situation": person.situation})
    return Reply(person, (Say("share.intro"), resuming.ask_again(coach, visit.of(person), asking)))


def _asked(coach: Coach, visit: Visit, reply: Reply, asking: Conversation) -> Reply:
    """Show what would be in it, and ask what stays out."""
    wish = asking.value("wish")
    reader = reader_of(asking)
    gone = replace(reply, person=reply.person.without(SHARE.name))
    return _previewed(coach, visit, gone, reader, wish if isinstance(wish, str) else "")


def _previewed(coach: Coach, visit: Visit, reply: Reply, reader: str, wish: str) -> Reply:
    parts = _parts(coach, visit.of(reply.person), reader, wish)
    count = sum(len(part.lines) for part in parts)
    about = {
        "reader": reader,
        "wish": wish,
        "usual": "\n".join(str(number) for number in range(1, count + 1)),
        "seen": _fingerprint(parts),
        "situation": reply.person.situation,
    }
    person, preview = begun(reply.person, SHARE_PREVIEW, visit.now, about)
    question = resuming.ask_again(coach, visit.of(person), preview)
    shown = (Say("share.preview"), *_bubbles(parts, person.locale))
    return replace(reply, person=person, says=(*reply.says, *shown, question))


def _parts(coach: Coach, visit: Visit, reader: str, wish: str) -> tuple[Part, ...]:
    return parts_for(reader, read(visit.person, coach.rule, visit.now), wish)


def _bubbles(parts: Iterable[Part], locale: str) -> Iterator[Say]:
    for part, lines in numbered(parts):
        told: tuple[Fact, ...] = tuple(
            Say("share.numbered", {"number": number, "line": each.says}) for number, each in lines
        )
        names = tuple(_may_name(lines, locale))
        foot = Say("share.may_name", {"names": names}) if names else None
        yield Say("share.part", {"title": part.title, "lines": told}, foot=foot)


def _may_name(lines: Iterable[Numbered], locale: str) -> Iterator[Fact]:
    for number, each in lines:
        for words in each.own:
            for name in may_name(words, locale):
                yield Say("share.a_name", {"name": name, "number": number})


def _fingerprint(parts: Iterable[Part]) -> str:
    """What tells one preview from another: the packet is made of what was seen, or not at all."""
    return blake2s(repr(tuple(parts)).encode(), digest_size=8).hexdigest()


def _chosen(coach: Coach, visit: Visit, reply: Reply, preview: Conversation) -> Reply:
    """Make the packet of what was left in; if it would say something else by now, show it once more."""
    reply = replace(reply, person=reply.person.without(SHARE_PREVIEW.name))
    reader, wish = preview.about.get("reader", ""), preview.about.get("wish", "")
    out = preview.value("out")
    if reader not in READERS or not isinstance(out, tuple) or STOP in out:
        return reply.adding(Say("share.not_made"))
    parts = _parts(coach, visit.of(reply.person), reader, wish)
    if _fingerprint(parts) != preview.about.get("seen"):
        return _previewed(coach, visit, reply.adding(Say("share.changed")), reader, wish)
    left = kept(parts, lambda number: NONE in out or str(number) not in out)
    if not left:
        return reply.adding(Say("share.nothing_left"))
    gone = sum(len(part.lines) for part in parts) - sum(len(part.lines) for part in left)
    made = Say("share.made", {"out": gone}, apart=True, file=paper(reader, left, visit.ear.today))
    says = (made, Say("share.to_forward"), to_forward(reader, left))
    return replace(reply, remember=(*reply.remember, Remembered("share", {}))).adding(*says)


CHAPTER = Chapter(
    flows=(SHARE, SHARE_PREVIEW),
    endings={SHARE.name: _asked, SHARE_PREVIEW.name: _chosen},
    commands={"share": share},
)
