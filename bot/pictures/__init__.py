"""Pictures made of words: a card says what to show, the studio draws it off the event loop.

Importing this package imports nothing that draws; that happens in the studio, with the first picture.
"""

from bot.pictures.card import Card, LayerLine
from bot.pictures.studio import drawn

__all__ = ["Card", "LayerLine", "drawn"]
