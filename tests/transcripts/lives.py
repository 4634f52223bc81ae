"""Writes the transcripts of the vignettes of A10 from their vectors: `python -m tests.transcripts.lives P05`.

Each person talks in the terminal, with words of their own where there is no vector: some type what a button
says, some its number. What they typed and when is kept, and the transcript is what comes of playing that.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from flows.assessment.checks import CHECKS
from flows.assessment.sittings import SITTINGS
from flows.engine.answers import Value
from tests.assessment.vignettes import VIGNETTE
from tests.coach.lives import lives_through
from tests.coach.personas import answers_of
from tests.transcripts.people import PEOPLE, Speaker
from tests.transcripts.playing import FOLDER, replayed
from tests.transcripts.talking import AtTheTerminal, sitting_down
from tests.transcripts.twelve_weeks import TWELVE_WEEKS, lives_twelve_weeks


def sits(chat: AtTheTerminal, answers: Mapping[str, Value]) -> None:
    """Answer everything that is open, to the end of a sitting and the checks behind it."""
    flows = (CHECKS.name, *(flow.name for flow in SITTINGS))
    while (there := chat.person.foreground) is not None and there.flow in flows:
        chat.gives(answers.get(there.state))


def speaks(chat: AtTheTerminal, speaker: Speaker) -> None:
    """Talk through all three sittings, live through what was logged, and look at the map."""
    facts = VIGNETTE[speaker.vignette].facts
    answers = {**answers_of(facts), **speaker.answers}
    for line in ("/start", *speaker.begins):
        chat.says(line)
    sits(chat, answers)
    for _ in SITTINGS[1:]:
        chat.commands("next")
        sits(chat, answers)
    lives_through(chat, facts, speaker.tries)
    chat.commands("map")


def file_of(speaker: Speaker) -> Path:
    """Return where the transcript of this person is."""
    return FOLDER / f"persona_{speaker.name}.txt"


def write(speaker: Speaker) -> None:
    """Write the transcript of one person."""
    with sitting_down(speaker.by) as chat:
        speaks(chat, speaker)
    _keep(file_of(speaker), speaker.about, chat.lines)


def write_twelve_weeks() -> None:
    """Write the transcript of the one who stays for twelve weeks."""
    with sitting_down() as chat:
        lives_twelve_weeks(chat)
    _keep(FOLDER / f"{TWELVE_WEEKS}.txt", "Twelve weeks of one person.", chat.lines)


def _keep(file: Path, about: str, lines: Collection[str]) -> None:
    file.write_text(asyncio.run(replayed("\n".join([f"# {about}", *lines]))), "utf-8")
    print(file.name)


if __name__ == "__main__":
    for each in PEOPLE:
        if not sys.argv[1:] or each.vignette in sys.argv[1:]:
            write(each)
    if not sys.argv[1:] or TWELVE_WEEKS in sys.argv[1:]:
        write_twelve_weeks()
