"""Pictures made of words: a card says what to show, the studio draws it off the event loop.

Importing this package imports nothing that draws; that happens in the studio, with the first picture.
"""

from bot.pictures.card import Card, Drawable, LayerLine
from bot.pictures.decision import DecisionCard
from bot.pictures.energy_log import EnergyBarsCard, EnergyWeekCard
from bot.pictures.slope import SlopeCard
from bot.pictures.studio import drawn
from bot.pictures.timeline import TimelineCard

KINDS: dict[str, type[Drawable]] = {
    kind.__name__: kind
    for kind in (Card, TimelineCard, EnergyBarsCard, EnergyWeekCard, SlopeCard, DecisionCard)
}
"""Every kind of card by the name under which it waits in the outbox."""

__all__ = [
    "KINDS",
    "Card",
    "DecisionCard",
    "Drawable",
    "EnergyBarsCard",
    "EnergyWeekCard",
    "LayerLine",
    "SlopeCard",
    "TimelineCard",
    "drawn",
]
