"""Pictures of an energy log: no word is cut, nothing lies on anything else, and a blank looks like one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import combinations, product

import pytest
from PIL import Image, ImageColor

from bot.cards import card_of
from bot.parcels import as_body, from_body, of_bubble
from bot.pictures import EnergyBarsCard, EnergyWeekCard, drawn, energy_bars, energy_week
from bot.pictures.energy_log import EnergyDayLine, EnergyLine
from bot.pictures.energy_sheet import DARK, DEGREE_NAMES, LIGHT, Placed, Theme
from bot.pictures.layout import Box
from bot.pictures.look import MARGIN, WIDTH
from bot.pictures.map_card import Typefaces
from flows.diary import Diary, Entry, LogRun
from flows.engine.pictures import EnergyBars, EnergyWeek
from flows.engine.say import Say
from flows.longitudinal import energy_seen
from tests.coach.given import HOUSE
from tests.pictures.boxes import overlap

MONDAY = date(2026, 3, 2)
ENDS = ("Hat mich vollkommen ausgelaugt", "Hat mir richtig viel Kraft gegeben")

FEW = EnergyBarsCard(
    "What gives", ((EnergyLine("Writing", (0, 0, 0, 1, 0), "once: too few", False),),), ENDS, "x"
)

FULL = EnergyBarsCard(
    "Was gibt, was zehrt, und was von beidem vielleicht auch noch gar nichts tut",
    tuple(
        (
            EnergyLine("Wirtschaftsprüfungsgesellschaftsverwaltung", (1, 40, 1, 1, 1), "44-mal", True),
            EnergyLine("Bestehendes am Laufen halten", (0, 0, 0, 0, 0), "0-mal: zu wenig", False),
            EnergyLine("🙂 {{ x }} <b>y</b> и ещё мир", (9, 0, 0, 0, 12), "21-mal", True),
        )
        for _ in range(4)
    ),
    ENDS,
    "Wie oft es dich wie zurückließ. " * 4,
)

WEEK = EnergyWeekCard(
    "Deine Tage",
    ("Vormittags", "Gegen Mittag", "Nachmittags", "Abends"),
    tuple(
        EnergyDayLine(f"Donnerstag, {day}. September", tuple(((day + part) % 5 - 2.0) for part in range(4)))
        for day in range(16)
    ),
    ENDS,
    "Was du gleich eingetragen hast.",
)

DAY = EnergyWeekCard("A day", ("Morning",), (EnergyDayLine("Mon", (None,)),), ("down", "up"), "")

CARDS: dict[str, EnergyBarsCard | EnergyWeekCard] = {"few": FEW, "full": FULL, "week": WEEK, "day": DAY}
THEMES: dict[str, Theme] = {"light": LIGHT, "dark": DARK}

every_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def laid_out(card: EnergyBarsCard | EnergyWeekCard, typefaces: Typefaces) -> Placed:
    if isinstance(card, EnergyWeekCard):
        return energy_week.laid_out(card, typefaces)
    return energy_bars.laid_out(card, typefaces)


def png(card: EnergyBarsCard | EnergyWeekCard, typefaces: Typefaces, theme: Theme = LIGHT) -> bytes:
    if isinstance(card, EnergyWeekCard):
        return energy_week.draw(card, typefaces, theme)
    return energy_bars.draw(card, typefaces, theme)


@every_card
@every_theme
def test_a_picture_is_there_in_under_a_second_and_small(
    card: EnergyBarsCard | EnergyWeekCard, theme: Theme, typefaces: Typefaces
) -> None:
    png(card, typefaces, theme)
    began = time.perf_counter()
    file = png(card, typefaces, theme)

    assert time.perf_counter() - began < 1
    assert len(file) < 200_000
    assert Image.open(BytesIO(file)).size == (WIDTH, laid_out(card, typefaces).height)


@every_card
def test_nothing_is_cut_and_no_words_lie_on_others(
    card: EnergyBarsCard | EnergyWeekCard, typefaces: Typefaces
) -> None:
    placed = laid_out(card, typefaces)

    for word in placed.words:
        assert word.box.x >= MARGIN - 1
        assert word.box.right <= WIDTH - MARGIN + 1
        assert word.box.y >= 0
        assert word.box.bottom <= placed.height
    assert not [pair for pair in combinations((word.box for word in placed.words), 2) if overlap(*pair)]
    assert not [pair for pair in combinations((cell.box for cell in placed.cells), 2) if overlap(*pair)]


@every_card
def test_words_and_cells_meet_only_where_a_count_stands_in_its_cell(
    card: EnergyBarsCard | EnergyWeekCard, typefaces: Typefaces
) -> None:
    placed = laid_out(card, typefaces)

    for word, cell in product(placed.words, placed.cells):
        assert not overlap(word.box, cell.box) or _inside(word.box, cell.box)


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and inner.right <= outer.right
        and outer.y <= inner.y
        and inner.bottom <= outer.bottom
    )


@every_card
def test_all_words_of_a_card_are_on_its_picture(
    card: EnergyBarsCard | EnergyWeekCard, typefaces: Typefaces
) -> None:
    shown = "".join(word.text for word in laid_out(card, typefaces).words).replace("-", "").replace(" ", "")
    words = [card.title, *card.ends]
    if isinstance(card, EnergyBarsCard):
        words += [line.note for group in card.groups for line in group]
    else:
        words += [*card.parts, *(day.name for day in card.days)]

    for text in words:
        assert text.replace("-", "").replace(" ", "") in shown


def test_a_bar_is_parted_by_its_counts_and_a_blank_has_no_colour(typefaces: Typefaces) -> None:
    lines = (EnergyLine("a", (3, 0, 0, 1, 0), "4", True), EnergyLine("b", (3, 0, 0, 1, 0), "4", False))
    placed = energy_bars.laid_out(EnergyBarsCard("t", (lines,), ("x", "y"), "f"), typefaces)
    drained, gave, *blank = placed.cells[len(DEGREE_NAMES) :]

    assert (drained.ground, gave.ground) == ("drained", "gave")
    assert drained.box.width > 2 * gave.box.width
    assert {cell.ground for cell in blank} == {"blank"}


def test_a_part_of_a_day_takes_the_nearest_of_five_colours_and_a_sign_with_it(typefaces: Typefaces) -> None:
    means = (-2.0, -1.4, -0.5, 0.4)
    card = EnergyWeekCard("t", ("a", "b", "c", "d"), (EnergyDayLine("Mon", means),), ("x", "y"), "f")
    placed = energy_week.laid_out(card, typefaces)

    assert [cell.ground for cell in placed.cells[len(DEGREE_NAMES) :]] == ["drained", "took", "even", "even"]
    assert [word.text for word in placed.words if word.text in energy_week.SIGNS] == ["−−", "−", "0", "0"]


@every_theme
def test_words_can_be_read_on_everything_behind_them(theme: Theme) -> None:
    grounds = {
        "ink": ("paper", "blank"),
        "grey": ("paper", "blank"),
        "on_strong": ("drained", "energy"),
        "on_soft": ("took", "even", "gave"),
    }

    for ink, behind in grounds.items():
        for ground in behind:
            assert _contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(ink: str) -> float:
    parts = [part / 255 for part in ImageColor.getrgb(ink)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def diary(days: int = 14, kinds: int = 14) -> Diary:
    entries = tuple(
        Entry(n, MONDAY + timedelta(days=n % days), 8 + n % 12, f"something of my own {n % kinds}", n % 5 - 2)
        for n in range(days * 3)
    )
    return Diary(entries=entries, log=LogRun(MONDAY, (720, 1020)))


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("view", [energy_seen.bars, energy_seen.axes, energy_seen.week])
@pytest.mark.parametrize("kept", [diary(), diary(1, 1)], ids=["full", "a day"])
async def test_a_log_is_drawn_in_every_language_and_survives_the_outbox(
    view: Callable[[Diary], EnergyBars | EnergyWeek], kept: Diary, locale: str
) -> None:
    voice = HOUSE.voices[locale]
    card = card_of(view(kept), voice)
    bubble = replace(voice.bubble(Say("energy.noted")), card=card)
    parcel = of_bubble(1, bubble)

    again = from_body(parcel.kind, as_body(parcel))

    assert again.card == card
    assert (await drawn(card))[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: EnergyLine("a", (1, 2), "n", True),
        lambda: EnergyLine("a", (0, 0, 0, 0, -1), "n", True),
        lambda: replace(FEW, groups=()),
        lambda: replace(FEW, groups=((),)),
        lambda: EnergyDayLine("a", (2.5,)),
        lambda: replace(DAY, days=()),
        lambda: replace(DAY, parts=("a", "b")),
    ],
)
def test_a_card_that_cannot_be_drawn_is_refused_when_it_is_made(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        wrong()
