"""All parts of the weeks."""

from __future__ import annotations

from flows.longitudinal.chapter import Chapter

CHAPTERS: tuple[Chapter, ...] = ()
