"""The picture of a slope: bands in their months, steps and floor at their heights, and no words cut."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import combinations, pairwise

import pytest
from PIL import Image, ImageColor

from bot.parcels import as_body, from_body, of_bubble
from bot.pictures import SlopeCard, drawn
from bot.pictures.layout import Box
from bot.pictures.lettering import LEFT_OUT
from bot.pictures.look import MARGIN, WIDTH
from bot.pictures.map_card import Typefaces
from bot.pictures.slope import MonthTick, SlopeBand
from bot.pictures.slope_card import draw
from bot.pictures.slope_layout import DARK, LIGHT, Drawn, Theme, laid_out
from flows.engine.pictures import Band, SlopeChart
from flows.engine.say import Say
from tests.coach.given import HOUSE
from tests.pictures.boxes import overlap

MONTHS = ("Dez.", "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.")


def ticks(months: int) -> tuple[MonthTick, ...]:
    """December 2026 and the months after it."""
    years = {0: "2026", **{place: str(2027 + place // 12) for place in range(1, months, 12)}}
    return tuple(MonthTick(place, MONTHS[place % 12], years.get(place, "")) for place in range(months))


EIGHTEEN = SlopeCard(
    "A slope",
    "December 2026 to May 2028",
    (
        SlopeBand("Fewer hours", "December 2026 to April 2027 \u00b7 1.920 €", 5, 1920),
        SlopeBand("Another contract", "May to September 2027 \u00b7 1.700 €", 5, 1700),
        SlopeBand("Small projects beside it", "October 2027 to January 2028 \u00b7 1.500 €", 4, 1500),
        SlopeBand("My craft, elsewhere", "February to May 2028 \u00b7 2.300 €", 4, 2300),
    ),
    ticks(18),
    ("Floor 1.600 €", "What a month brings, 2.400 € now", "Missing to the floor"),
    "A plan on paper. Nothing is agreed yet.",
    1600,
    2400,
)

ONE_MONTH = SlopeCard(
    "A slope", "May 2026", (SlopeBand("Fewer hours", "May 2026", 1),), ticks(1), ("", "", ""), ""
)

FIVE_YEARS = replace(
    EIGHTEEN,
    bands=tuple(
        SlopeBand("Wirtschaftsprüfungsgesellschaftsverwaltungsaufgaben woanders", "x" * 60, months, income)
        for months, income in ((57, 1e9), (1, 0), (1, 12.5), (1, None))
    ),
    ticks=ticks(60),
    floor=9e8,
    names=(
        "Boden 900\u202f000\u202f000,00 Franken",
        "Was ein Monat bringt, jetzt ganz und gar nichts",
        "Fehlt bis dahin",
    ),
)

HOSTILE = replace(
    EIGHTEEN,
    title="$x^2$ {{ braces }} <b>html</b> \U0001f600",
    bands=(SlopeBand("", "", 3, 0), SlopeBand("\u202eأنا متعب جدا " * 9, "仕事が重い", 2)),
    ticks=ticks(5),
    names=("w" * 200, "", "$"),
    floor=0,
    now=0,
)

CARDS = {"eighteen": EIGHTEEN, "one month": ONE_MONTH, "five years": FIVE_YEARS, "hostile": HOSTILE}

every_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)


def boxes(placed: Drawn) -> list[Box]:
    """The words of the card that stand apart; those in a badge belong to it."""
    cells = [cell.box for cell in placed.placed.cells]
    words = [word.box for word in placed.placed.words if not any(overlap(word.box, cell) for cell in cells)]
    return [*words, *cells, *(key.box for key in placed.keys)]


def near(one: tuple[int, ...], other: str) -> bool:
    """The palette of the file moves a colour a little."""
    return all(abs(a - b) <= 12 for a, b in zip(one, ImageColor.getrgb(other), strict=True))


def colour(image: Image.Image, at: tuple[float, float]) -> tuple[int, ...]:
    found = image.getpixel((int(at[0]), int(at[1])))
    assert isinstance(found, tuple)
    return found


@every_card
def test_it_is_a_png_as_wide_as_a_phone_shows_and_drawn_within_a_second(
    card: SlopeCard, typefaces: Typefaces
) -> None:
    draw(ONE_MONTH, typefaces)
    began = time.perf_counter()
    file = draw(card, typefaces)

    image = Image.open(BytesIO(file))
    assert time.perf_counter() - began < 1
    assert (image.format, image.width) == ("PNG", WIDTH)
    assert image.height < 3 * WIDTH
    assert len(file) < 200_000


@every_card
def test_no_words_lie_on_other_words_on_a_sample_or_on_the_plot(
    card: SlopeCard, typefaces: Typefaces
) -> None:
    placed = laid_out(card, typefaces)
    plot = placed.bands[0]

    assert [pair for pair in combinations(boxes(placed), 2) if overlap(*pair)] == []
    assert not any(overlap(word.box, band) for word in placed.placed.words for band in (*placed.bands, plot))


@every_card
def test_everything_keeps_its_margin(card: SlopeCard, typefaces: Typefaces) -> None:
    placed = laid_out(card, typefaces)

    for box in (
        *boxes(placed),
        *placed.bands,
        *placed.missing,
        *(box for area in placed.areas for box in area),
    ):
        assert MARGIN - 1 <= box.x <= box.right <= WIDTH - MARGIN + 1
        assert 0 < box.y <= box.bottom + 0.001 < placed.placed.height


@pytest.mark.parametrize("card", [EIGHTEEN, FIVE_YEARS], ids=["eighteen", "five years"])
def test_no_words_are_cut(card: SlopeCard, typefaces: Typefaces) -> None:
    told = " ".join(word.text for word in laid_out(card, typefaces).placed.words)

    assert LEFT_OUT not in told
    for words in (card.title, card.subtitle, card.foot, *card.names):
        assert set(words.split()) <= set(told.split())


def test_every_year_but_one_that_ends_at_once_stands_where_it_begins(typefaces: Typefaces) -> None:
    told = [word.text for word in laid_out(EIGHTEEN, typefaces).placed.words if word.text.startswith("202")]

    assert sorted(told) == ["2027", "2028"]


@every_card
def test_bands_follow_each_other_and_are_as_wide_as_their_months(
    card: SlopeCard, typefaces: Typefaces
) -> None:
    bands = laid_out(card, typefaces).bands
    month = sum(band.width for band in bands) / card.months

    for band, stage in zip(bands, card.bands, strict=True):
        assert band.width == pytest.approx(month * stage.months)
    for before, after in pairwise(bands):
        assert after.x == pytest.approx(before.right)


def test_each_step_is_as_high_as_its_income_and_the_floor_as_high_as_itself(typefaces: Typefaces) -> None:
    placed = laid_out(EIGHTEEN, typefaces)
    assert placed.floor is not None
    bottom, (run,) = placed.bands[0].bottom, placed.steps

    heights = [bottom - y for _, y in run[::2]]
    unit = heights[0] / 2400

    assert heights == pytest.approx([unit * income for income in (2400, 1920, 1700, 1500, 2300)])
    assert bottom - placed.floor[0][1] == pytest.approx(unit * 1600)


def test_what_is_missing_is_marked_between_income_and_floor_and_nowhere_else(typefaces: Typefaces) -> None:
    placed = laid_out(EIGHTEEN, typefaces)
    assert placed.floor is not None
    (missing,) = placed.missing

    assert (missing.x, missing.width) == (placed.bands[2].x, placed.bands[2].width)
    assert missing.y == placed.floor[0][1]
    assert [key.what for key in placed.keys] == ["floor", "steps", "missing"]
    assert laid_out(replace(EIGHTEEN, floor=1000), typefaces).missing == ()


def test_a_stage_of_unknown_income_leaves_a_gap_that_no_step_crosses(typefaces: Typefaces) -> None:
    first, second, *rest = EIGHTEEN.bands
    card = replace(EIGHTEEN, bands=(first, replace(second, income=None), *rest))

    before, after = laid_out(card, typefaces).steps

    assert before[-1][0] == pytest.approx(laid_out(card, typefaces).bands[1].x)
    assert after[0][0] == pytest.approx(laid_out(card, typefaces).bands[2].x)


def test_without_money_there_are_only_bands(typefaces: Typefaces) -> None:
    placed = laid_out(ONE_MONTH, typefaces)

    assert (placed.steps, placed.areas, placed.missing, placed.floor, placed.keys) == (
        (),
        ((), ()),
        (),
        None,
        (),
    )
    assert placed.bands[0].height < 120


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_it_can_be_drawn_on_light_and_on_dark_paper(theme: Theme, typefaces: Typefaces) -> None:
    image = Image.open(BytesIO(draw(EIGHTEEN, typefaces, theme))).convert("RGB")
    placed = laid_out(EIGHTEEN, typefaces)
    missing, band = placed.missing[0], placed.bands[0]

    assert near(colour(image, (4, 4)), theme["paper"])
    assert near(colour(image, (missing.x + 40, missing.bottom - 12)), theme["missing"])
    assert near(colour(image, (band.x + 40, band.y + 20)), theme["band"])


def light(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in ImageColor.getrgb(colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_lines_stand_out_from_what_is_behind_them(theme: Theme) -> None:
    def contrast(one: str, other: str) -> float:
        darker, lighter = sorted((light(theme[one]), light(theme[other])))
        return (lighter + 0.05) / (darker + 0.05)

    assert min(contrast(ink, "paper") for ink in ("ink", "grey")) >= 4.5
    assert contrast("on_badge", "step") >= 4.5
    for ground in ("band", "other", "area", "other_area", "missing", "paper"):
        assert contrast("floor", ground) >= 3
        assert contrast("step", ground) >= 3 or ground == "missing"


def test_the_same_card_is_the_same_picture_to_the_byte(typefaces: Typefaces) -> None:
    assert draw(EIGHTEEN, typefaces) == draw(EIGHTEEN, Typefaces())


@pytest.mark.parametrize(
    "changes",
    [{"bands": ()}, {"bands": EIGHTEEN.bands * 2}, {"floor": -1}, {"bands": (SlopeBand("", "", 0),)}],
    ids=["no stage", "eight stages", "a floor below zero", "a stage of no months"],
)
def test_a_card_that_cannot_be_drawn_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"slope shows|below zero|a month at least"):
        replace(EIGHTEEN, **changes)  # type: ignore[arg-type]


async def test_a_chart_of_the_coach_reaches_the_studio_through_the_outbox() -> None:
    chart = SlopeChart(
        title=Say("slopes.chart.title"),
        subtitle="November 2026 to January 2027",
        first=date(2026, 11, 1),
        bands=(Band("One", "November", 2, 150_000, "1.500 €"), Band("Two", "January", 1, None, "")),
        floor=(160_050, "Floor"),
        now=None,
        brings="brings",
        missing="missing",
        foot=Say("slopes.chart.foot"),
    )
    bubble = HOUSE.voices["en"].bubble(Say("slopes.fits", picture=chart))
    parcel = of_bubble(1, bubble)

    there = from_body(parcel.kind.value, as_body(parcel)).card

    assert there == parcel.card
    assert isinstance(there, SlopeCard)
    assert [(tick.name, tick.year) for tick in there.ticks] == [("Nov", "2026"), ("Dec", ""), ("Jan", "2027")]
    assert (there.floor, [band.income for band in there.bands]) == (1600.5, [1500, None])
    assert [band.note for band in there.bands] == ["November \u00b7 1.500 €", "January"]
    assert (await drawn(there)).startswith(b"\x89PNG")
