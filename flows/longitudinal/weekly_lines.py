"""A question for a line or two that can also end the whole conversation with one tap."""

from __future__ import annotations

from flows.engine.answers import Rejected, Value
from flows.engine.questions import FreeText
from flows.engine.words import Ear

ENOUGH = "that_is_enough"
"""The code of the button that ends a reflection here and keeps what there is."""


class Line(FreeText):
    """Words of their own, or the button that says that it is enough for today."""

    labelled = (ENOUGH,)

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the words as they are; those on the button mean the button."""
        if self.button_that_says(text, prompt, ear.words) is not None:
            return ENOUGH
        return super().parse(text, prompt, ear)
