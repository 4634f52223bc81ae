"""The people of the vignettes as they talk: what they write in their own words, and how they answer.

Nothing here weighs anything for the rule; what they answer stands in the vector of their vignette.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from flows.engine.answers import Value

ENGLISH = ("English", "yes", "yes", "Germany", "I'm employed")
GERMAN = ("Deutsch", "ja", "ja", "Deutschland", "Ich bin angestellt")


@dataclass(frozen=True, slots=True)
class Speaker:
    """`by`: whether they type what a button says or its number. `tries`: their words for each trial."""

    vignette: str
    name: str
    about: str
    by: Literal["words", "numbers"] = "words"
    begins: tuple[str, ...] = ENGLISH
    answers: Mapping[str, Value] = field(default_factory=dict)
    tries: Mapping[str, str] = field(default_factory=dict)


def said(
    began: str | None, *, led: str = "no", r1: str | None = None, attempts: bool = False, **more: Value
) -> dict[str, Value]:
    """Return what the rule does not weigh. `attempts`: their vector says what they have tried."""
    tried: dict[str, Value] = {} if attempts else {"T1": ("none",)}
    return {"O1": began, "leads": led, "R1": r1, **tried, **more}


PEOPLE = (
    Speaker(
        "P01",
        "lawyer",
        "A lawyer, good at defending what they find indefensible: three sittings, and it is the purpose.",
        answers=said(
            "I win cases I should lose.",
            r1="fortnight",
            d1_fills=("writing", "talking", "deciding"),
            d1_energy=("writing", "talking", "deciding"),
        ),
    ),
    Speaker(
        "P03",
        "therapist",
        "A therapist in a clinic that is paid by the session: the purpose, and how people are treated.",
        by="numbers",
        answers=said(
            "The plan for a patient is made by the billing code.",
            r1="fortnight",
            v1="Sending people home before they are ready",
            d1_fills=("talking", "paperwork", "helping"),
            d1_energy=("talking", "helping", "teaching"),
        ),
    ),
    Speaker(
        "P05",
        "social_media",
        "Social media for brands they would not buy from: less work came back, other clients held.",
        answers=said("I make people want things. I am good at it.", v1="The casino accounts"),
        tries={"load": "Two accounts fewer, no evenings", "purpose": "The museum and the zoo instead"},
    ),
    Speaker(
        "P07",
        "manager",
        "A manager who misses the craft: three sittings, and it is the role.",
        answers=said(
            "I used to build things. Now I sit in meetings about them.",
            led="yes",
            L1=3,
            L2=4,
            d1_fills=("meetings", "paperwork", "planning"),
            d1_energy=("making", "fixing", "writing"),
        ),
    ),
    Speaker(
        "P09",
        "director",
        "From engineering manager to director, 55 hours of meetings: the role, and the load with it.",
        by="numbers",
        answers=said(
            "Every promotion took away a bit more of what I like.",
            led="yes",
            r1="week",
            attempts=True,
            d1_fills=("meetings", "leading", "planning"),
            d1_energy=("making", "fixing", "learning"),
        ),
    ),
    Speaker(
        "P11",
        "overtrained",
        "Jeden Tag am Anschlag: die Last wird verteilt, und es hält.",
        begins=GERMAN,
        answers=said(
            "Jeder Tag ist ein Sprint, und danach kommt keiner zum Ausruhen.",
            r1="week",
            d1_fills=("making", "figures", "helping"),
            d1_energy=("making", "figures", "helping"),
        ),
        tries={"load": "Mittwochs frei und nach sechs nichts mehr"},
    ),
    Speaker(
        "P13",
        "grumbler",
        "Year ten, a bad quarter, and a good friend would still be told to apply.",
        answers=said("Everything and nothing.", i1_list="the new tool, parking, Monday stand-ups"),
    ),
    Speaker(
        "P15",
        "moved_team",
        "A manager who humiliates people: another team, and it lifts.",
        answers=said(
            "I rehearse every sentence before I say it to my manager.",
            d1_fills=("figures", "meetings", "writing"),
            d1_energy=("figures", "writing", "teaching"),
        ),
        tries={"people": "The sister team, from Monday on"},
    ),
    Speaker(
        "P17",
        "newborn",
        "A newborn at home: it is not clear, and it may not be the work.",
        answers=said(None),
    ),
    Speaker(
        "P19",
        "greener_grass",
        "Everything would help: the grass is greener, and it is not clear.",
        by="numbers",
        answers=said("Honestly, all of it. Anything would be better."),
    ),
    Speaker(
        "P21",
        "two_at_once",
        "Purpose or role, and no way to tell: the tasks hold, the cleaner client does not.",
        answers=said(
            "I can't tell whether it is what we sell or what I do all day.",
            v1="Dashboards for lenders",
            d1_fills=("meetings", "paperwork", "planning"),
            d1_energy=("making", "fixing", "planning"),
        ),
        tries={"role": "Two mornings a week at the bench", "purpose": "Two days a week for the hospital"},
    ),
    Speaker(
        "P23",
        "nurse",
        "A nurse, worn out: six weeks of shorter shifts, of the twelve it takes, and it is still the load.",
        by="numbers",
        answers=said(
            "I go home empty and I come back empty.",
            r1="week",
            d1_fills=("helping", "talking", "teaching"),
            d1_energy=("helping", "talking", "teaching"),
        ),
        tries={"load": "Six hours instead of eight"},
    ),
)
