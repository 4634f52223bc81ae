"""A paper on its way to the press: prompts and facts become plain words."""

from __future__ import annotations

from typing import Protocol

from bot.packets.packet import Packet, Section
from flows.engine.papers import Paper, Passage
from flows.engine.say import Enclosure, Fact


class Speaker(Protocol):
    """What a packet needs of a voice."""

    @property
    def locale(self) -> str:
        """The language that is spoken."""
        ...

    def plain(self, fact: Fact) -> str:
        """Return a fact as plain words."""
        ...


def packet_of(enclosure: Enclosure, voice: Speaker) -> Packet:
    """Return the packet of a paper. Raises TypeError for another kind of enclosure: our mistake."""
    if not isinstance(enclosure, Paper):
        raise TypeError(f"nobody can print a {type(enclosure).__name__}")
    return Packet(
        title=voice.plain(enclosure.title),
        subtitle=voice.plain(enclosure.subtitle),
        sections=tuple(_section(passage, voice) for passage in enclosure.passages),
        foot=voice.plain(enclosure.foot),
        missing=voice.plain(enclosure.missing),
        locale=voice.locale,
        day=enclosure.day,
    )


def _section(passage: Passage, voice: Speaker) -> Section:
    lines = tuple(voice.plain(line) for line in passage.lines)
    return Section(voice.plain(passage.title), lines, passage.closing)
