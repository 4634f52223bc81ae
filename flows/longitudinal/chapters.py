"""All parts of the weeks."""

from __future__ import annotations

from flows.longitudinal import breaks, coming_back, energy, rhythm, trials, weekly_offer
from flows.longitudinal.chapter import Chapter
from flows.moves import decisions, direction, done, moves, share, slope

CHAPTERS: tuple[Chapter, ...] = (
    trials.CHAPTER,
    breaks.CHAPTER,
    rhythm.CHAPTER,
    coming_back.CHAPTER,
    weekly_offer.CHAPTER,
    energy.CHAPTER,
    moves.CHAPTER,
    done.CHAPTER,
    slope.CHAPTER,
    direction.CHAPTER,
    decisions.CHAPTER,
    share.CHAPTER,
)
