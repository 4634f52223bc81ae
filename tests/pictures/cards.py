"""Cards from calm to hostile. `python -m tests.pictures.cards` draws the example of the documents anew."""

from __future__ import annotations

from pathlib import Path

from bot.pictures.card import Card, LayerLine
from bot.pictures.map_card import Typefaces, draw

EXAMPLE_FILE = Path(__file__).parents[2] / "docs" / "pictures" / "map_card.png"

FOOT = "A reflection aid, not a diagnosis. 8 March 2026"

EXAMPLE = Card(
    title="A first hunch",
    subtitle="On what you told me so far, it leans towards what the work is for.",
    layers=(
        LayerLine(
            "What the work is for",
            "a hint",
            1,
            (
                "Another purpose: Monday goes from 8 to 2",
                "“I like the doing; what it serves is the hard part”: very much me",
            ),
            leading=True,
        ),
        LayerLine("Load without enough rest", "not in the picture so far", 0, ("Back after two weeks",)),
        LayerLine("How people are treated there", "not in the picture so far", 0),
        LayerLine("The role itself", "not in the picture so far", 0),
        LayerLine("Ordinary irritation", "not in the picture so far", 0),
    ),
    flag="What goes on outside work can weigh just as much. A doctor is the right person for sleep and mood.",
    foot=FOOT,
)

SMALLEST = Card("A map", "", (LayerLine("Load", "a hint", 1),), FOOT)

ONE_LAYER = Card(
    "A first hunch",
    "One thing stands out.",
    (
        LayerLine(
            "Ordinary irritation", "leaning", 2, ("Only that gone: Monday goes from 4 to 1",), leading=True
        ),
    ),
    FOOT,
)

GERMAN = Card(
    "Eine erste Vermutung",
    "Nach dem, was du mir bisher gesagt hast: am ehesten die Art der Arbeit selbst.",
    (
        LayerLine(
            "Wirtschaftsprüfungsgesellschaftsverwaltungsaufgaben",
            "durch das, was geschah, in jeder Hinsicht gut gestützt",
            5,
            ("„Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz“ auf jedem zweiten Blatt",),
            leading=True,
        ),
        LayerLine("Wie man dort mit Menschen umgeht", "bisher nicht im Bild", 0),
        LayerLine("Zu viel Last, zu wenig Erholung", "ein Anhaltspunkt", 1, ("Überstunden" * 12,)),
    ),
    "Eine Hilfe zum Nachdenken, keine Diagnose. 8. März 2026",
)

TWO_LONG_REASONS = (
    "Four weeks with a third of the time for another client: Mondays went from 8 to 3",
    "“I can name what bugs me, and it could be fixed”: not really, as you wrote in May",
)

FULL = Card(
    "Your map",
    "Four weeks after the change of client. Two layers lead, and they may well feed each other.",
    tuple(
        LayerLine(name, word, dots, TWO_LONG_REASONS, leading=dots > 2)
        for name, word, dots in (
            ("What the work is for", "well supported by what happened", 5),
            ("Load without enough rest", "fairly clear", 3),
            ("How people are treated there", "leaning", 2),
            ("The role itself", "a hint", 1),
            ("Ordinary irritation", "not in the picture so far", 0),
        )
    ),
    FOOT,
    flag="What goes on outside work can weigh just as much. A doctor is the right person for sleep and mood.",
)

HOSTILE = Card(
    "A first hunch 😀",
    "$x^2$ \\frac{a}{b} {{ braces }} <b>html</b> &amp; _under_ %s",
    (
        LayerLine(
            "$\\alpha$", "{word}", 3, ("“$5_000 for {work} <i>harder</i> 😩😩” $", "line\none\r\n\ttab"), True
        ),
        LayerLine(
            "Layer", "“😩”", 2, ("“仕事が重い、毎日”: every day", "“أنا متعب جدا كل يوم”: very much me")
        ),
        LayerLine(
            "شدة العمل", "قليل", 1, ("אני עייף מאוד מהעבודה הזאת, כל יום שני מחדש " * 4, "می‌خواهم بروم")
        ),
        LayerLine("Нагрузка", "Ελληνικά", 4, ("z" + "\u0335\u0321\u031b" * 60 + "algo", "x" * 300)),
        LayerLine(
            "", "", 0, ("Tiếng Việt rất đẹp " * 20, "http://example.org/a/long/path-that-goes/on?a=b" * 3)
        ),
    ),
    "\u202eoverridden \ud800 broken \x07 bell",
)

TWO_MAPS = Card(
    "Then and now",
    "On what you told me so far",
    tuple(
        LayerLine(name, word, dots, (), leading=dots > 2, word_before=before, dots_before=dots_before)
        for name, word, dots, before, dots_before in (
            ("The role itself", "well supported by what happened", 5, "a hint", 1),
            ("What the work is for", "not in the picture so far", 0, "fairly clear", 3),
            ("Wirtschaftsprüfungsgesellschaftsverwaltungsaufgaben", "ein Hinweis", 1, "ziemlich klar", 3),
            ("How people are treated there", "a hint", 1, "not in the picture so far " * 4, 0),
            ("Ordinary irritation", "Überstunden" * 9, 0, "仕事が重い、毎日", 0),
        )
    ),
    FOOT,
    columns=("On 2 March", "Today, 20:57"),
)

CARDS = {
    "two maps": TWO_MAPS,
    "smallest": SMALLEST,
    "one layer": ONE_LAYER,
    "example": EXAMPLE,
    "German": GERMAN,
    "full": FULL,
    "hostile": HOSTILE,
}


if __name__ == "__main__":
    EXAMPLE_FILE.write_bytes(draw(EXAMPLE, Typefaces()))
