"""The picture of the weeks: gaps stay gaps, nothing lies on anything else, and it is there in a moment."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import combinations
from typing import Any

import pytest
from PIL import Image, ImageColor

from bot.parcels import as_body, from_body, of_bubble
from bot.pictures import TimelineCard, drawn
from bot.pictures.layout import Box
from bot.pictures.look import ACCENT, PANEL, WIDTH
from bot.pictures.map_card import Typefaces
from bot.pictures.timeline import Bar, Tick, WeekDots
from bot.pictures.timeline_card import TRIAL, UNUSUAL, draw
from bot.pictures.timeline_layout import laid_out
from flows.engine.pictures import Span, Timeline, WeekShown
from flows.engine.say import Label, Say
from tests.coach.given import HOUSE
from tests.pictures.boxes import overlap

LEGEND = ("ein normaler Arbeitstag", "ein freier Tag", "Woche mit freien Tagen oder Krankheit", "ein Bild")

FEW = TimelineCard("Week by week", 6, (WeekDots(0, 7, 3), WeekDots(1, 8)), (), (), (), LEGEND)

FULL = TimelineCard(
    "Woche für Woche",
    26,
    tuple(WeekDots(place, place % 11, (place + 3) % 11, place in (6, 7)) for place in range(26) if place % 9),
    (
        Bar(6, 8, "Urlaub", rest=True),
        Bar(9, 13, "Weniger Last, Grenzen"),
        Bar(20, 23, "Wirtschaftsprüfungsgesellschaftsverwaltungsaufgaben, und noch einiges mehr dazu"),
        Bar(25.8, 26, "Andere Aufgaben, gleiche Rolle"),
    ),
    (0.2, 8.5, 25.9),
    tuple(Tick(place, "Dezember") for place in (0, 1.5, 9.7, 14, 18.3, 25.9)),
    LEGEND,
)

HOSTILE = replace(
    FULL,
    title="$x^2$ {{ braces }} <b>html</b> \U0001f600",
    bars=(Bar(0, 26, "\u202eأنا متعب جدا " * 9), Bar(1, 2, ""), Bar(2, 3, "x" * 300)),
    legend=("", "仕事が重い", "w" * 200, "$"),
)

CARDS = {"few": FEW, "full": FULL, "hostile": HOSTILE}

every_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)


def picture(card: TimelineCard, typefaces: Typefaces) -> Image.Image:
    return Image.open(BytesIO(draw(card, typefaces))).convert("RGB")


def near(one: tuple[int, ...], other: str) -> bool:
    """The palette of the file moves a colour a little."""
    return all(abs(a - b) <= 12 for a, b in zip(one, ImageColor.getrgb(other), strict=True))


def colour(image: Image.Image, at: tuple[float, float]) -> tuple[int, ...]:
    found = image.getpixel((int(at[0]), int(at[1])))
    assert isinstance(found, tuple)
    return found


@every_card
def test_it_is_a_png_as_wide_as_a_phone_shows_and_drawn_within_a_second(
    card: TimelineCard, typefaces: Typefaces
) -> None:
    draw(FEW, typefaces)
    began = time.perf_counter()
    file = draw(card, typefaces)

    assert time.perf_counter() - began < 1
    assert Image.open(BytesIO(file)).size == (WIDTH, laid_out(card, typefaces).height)
    assert len(file) < 200_000
    assert draw(card, typefaces) == file


@every_card
def test_no_words_are_cut_or_lie_on_others(card: TimelineCard, typefaces: Typefaces) -> None:
    placed = laid_out(card, typefaces)
    boxes = [line.box for line in placed.lines]

    for box in boxes:
        assert box.x >= 0
        assert box.right <= WIDTH
        assert box.bottom <= placed.height
    for one, other in combinations([*boxes, *placed.bars], 2):
        assert not overlap(one, other)
    for box in boxes:
        assert not overlap(box, placed.plot)


def test_a_missing_week_is_a_gap_that_no_line_crosses(typefaces: Typefaces) -> None:
    whole = replace(FEW, weeks=tuple(WeekDots(place, 5) for place in range(6)))
    torn = replace(FEW, weeks=tuple(WeekDots(place, 4 + (place == 2)) for place in (0, 1, 2, 4, 5)))
    there = laid_out(whole, typefaces)

    between = (there.x(2.95), there.point(WeekDots(2), 4)[1])

    assert near(colour(picture(torn, typefaces), between), PANEL)
    assert near(colour(picture(whole, typefaces), (there.x(3), there.point(WeekDots(2), 5)[1])), ACCENT)


def test_the_heavier_week_stands_higher_and_the_ends_are_on_the_edges(typefaces: Typefaces) -> None:
    there = laid_out(FEW, typefaces)

    heights = [there.point(WeekDots(0), heaviness)[1] for heaviness in range(11)]

    assert heights == sorted(heights, reverse=True)
    assert (heights[10], heights[0]) == (there.plot.y, there.plot.bottom)


def test_an_unusual_week_and_a_trial_have_grounds_of_their_own(typefaces: Typefaces) -> None:
    card = replace(FEW, weeks=(WeekDots(0, 1), WeekDots(1, 1, unusual=True)), bars=(Bar(3, 5, "A trial"),))
    there, image = laid_out(card, typefaces), picture(card, typefaces)
    high = there.plot.y + 60

    assert near(colour(image, (there.x(0.5), high)), PANEL)
    assert near(colour(image, (there.x(1.5), high)), UNUSUAL)
    assert near(colour(image, (there.x(4), high)), TRIAL)


def test_a_bar_lies_under_its_weeks_and_never_past_the_edge(typefaces: Typefaces) -> None:
    there = laid_out(FULL, typefaces)

    holiday, *_, short = there.bars

    assert (holiday.x, holiday.right) == pytest.approx((there.x(6), there.x(8)))
    assert short.right <= there.plot.right + 0.01
    assert all(isinstance(bar, Box) and bar.y > there.plot.bottom for bar in there.bars)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"weeks": ()}, "one week"),
        ({"length": 0}, "one week"),
        ({"legend": ("a", "b")}, "legend"),
        ({"weeks": (WeekDots(0, 11),)}, "heaviness"),
        ({"weeks": (WeekDots(0, None, -1),)}, "heaviness"),
    ],
)
def test_a_card_of_what_cannot_be_is_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(FEW, **changes)


TOLD = Timeline(
    Say("weekly.chart_title"),
    (
        WeekShown(date(2026, 2, 23), 7, 3),
        WeekShown(date(2026, 3, 2)),
        WeekShown(date(2026, 3, 9), 5, 2, True),
    ),
    (Span(date(2026, 3, 9), date(2026, 3, 15), Label("weekly.breaks", "holiday"), rest=True),),
    (date(2026, 3, 4),),
    tuple(Label("weekly.chart", code) for code in ("workday", "day_off", "unusual", "map")),
)


@pytest.mark.parametrize(("locale", "month", "name"), [("en", "Mar", "Holiday"), ("de", "Mär", "Urlaub")])
def test_its_words_and_months_are_those_of_the_language(locale: str, month: str, name: str) -> None:
    card = HOUSE.voices[locale].bubble(Say("weekly.chart_title", picture=TOLD)).card

    assert isinstance(card, TimelineCard)
    assert card.weeks == (WeekDots(0, 7, 3), WeekDots(1), WeekDots(2, 5, 2, True))
    assert card.length == 3
    assert card.bars == (Bar(2, 3, name, True),)
    assert [tick.name for tick in card.ticks] == [month]
    assert card.ticks[0].place == pytest.approx(6 / 7)
    assert card.maps[0] == pytest.approx(9 / 7)


async def test_it_waits_in_the_outbox_and_is_drawn_by_the_studio(typefaces: Typefaces) -> None:
    bubble = HOUSE.voices["de"].bubble(Say("weekly.chart_title", picture=TOLD))
    parcel = of_bubble(1, bubble)

    again = from_body(parcel.kind, as_body(parcel))

    assert again == parcel
    assert isinstance(again.card, TimelineCard)
    assert await drawn(again.card) == draw(again.card, typefaces)
