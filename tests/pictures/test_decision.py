"""The picture of a decision: bars as long as what they say, nothing over anything else, light or dark."""

from __future__ import annotations

import time
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image

from bot.parcels import as_body, from_body, of_bubble
from bot.pictures import DecisionCard, drawn
from bot.pictures.decision import MeasureLine
from bot.pictures.decision_card import NOW, THEN, THEN_HEAVY, draw, laid_out
from bot.pictures.energy_sheet import DARK, LIGHT, Cell, Theme
from bot.pictures.look import MARGIN, WIDTH
from bot.pictures.map_card import Typefaces
from flows.engine.pictures import DecisionBars, MeasureRow
from flows.engine.say import Label, Say
from tests.coach.given import HOUSE
from tests.pictures.boxes import overlap

ENERGY = MeasureLine("Hours out of ten that give energy", (0.5, 0.2), ("5", "2"))
HEAVY = MeasureLine("How heavy a workday is", (0.7, 0.8), ("7", "8"), heavy=True)

FEW = DecisionCard("The team lead job", ("now", "then"), (ENERGY,), "As you put it. Then is a guess.")

FULL = DecisionCard(
    "Geschäftsführung der Wirtschaftsprüfungsgesellschaftsverwaltung im Werk in Graz, halbtags",
    ("jetzt", "dann"),
    (
        MeasureLine("Stunden von zehn, die Kraft geben", (0.35, 1.0), ("3½", "10")),
        MeasureLine("Wie weit du dahinterstehst", (None, 0.0), ("offen", "0")),
        HEAVY,
    ),
    "So, wie du es siehst. Das Dann ist eine Vermutung.",
)

HOSTILE = replace(
    FULL,
    title="$x^2$ {{ braces }} <b>html</b> \U0001f600 " * 9,
    when=("\u202eأنا متعب جدا " * 3, ""),
    lines=(MeasureLine("仕事が重い" * 20, (0.0, 1.0), ("w" * 60, "$")),),
)

CARDS = {"few": FEW, "full": FULL, "hostile": HOSTILE}

every_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)


@every_card
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_it_is_a_png_as_wide_as_a_phone_shows_and_drawn_within_a_second(
    card: DecisionCard, theme: Theme, typefaces: Typefaces
) -> None:
    draw(FEW, typefaces)
    began = time.perf_counter()
    file = draw(card, typefaces, theme)

    assert time.perf_counter() - began < 1
    assert Image.open(BytesIO(file)).size == (WIDTH, laid_out(card, typefaces).height)
    assert len(file) < 200_000
    assert draw(card, typefaces, theme) == file


@every_card
def test_no_words_lie_on_other_words_or_on_a_bar_or_leave_the_paper(
    card: DecisionCard, typefaces: Typefaces
) -> None:
    placed = laid_out(card, typefaces)
    words = [word.box for word in placed.words if word.text.strip()]

    assert not [pair for pair in combinations(words, 2) if overlap(*pair)]
    assert not [word for word in words for cell in placed.cells if overlap(word, cell.box)]
    assert all(box.x >= 0 and box.right <= WIDTH and box.bottom <= placed.height for box in words)


def bars(card: DecisionCard, typefaces: Typefaces) -> list[Cell]:
    return [cell for cell in laid_out(card, typefaces).cells if cell.ground != "blank"]


def test_a_bar_is_as_long_as_its_share_of_the_full_one(typefaces: Typefaces) -> None:
    placed = laid_out(FEW, typefaces)
    whole = [cell.box.width for cell in placed.cells if cell.ground == "blank"]
    now, then = bars(FEW, typefaces)

    assert now.box.width == pytest.approx(whole[0] * 0.5)
    assert then.box.width == pytest.approx(whole[1] * 0.2)
    assert now.box.x == then.box.x == placed.cells[0].box.x


def test_what_was_left_open_has_no_bar_and_nothing_has_a_start(typefaces: Typefaces) -> None:
    open_now = replace(FULL, lines=(FULL.lines[1],))
    (none_then,) = bars(open_now, typefaces)

    assert none_then.ground == THEN
    assert 0 < none_then.box.width < 20


def test_then_has_the_other_colour_where_more_is_worse(typefaces: Typefaces) -> None:
    grounds = [bar.ground for bar in bars(replace(FEW, lines=(ENERGY, HEAVY)), typefaces)]

    assert grounds == [NOW, THEN, NOW, THEN_HEAVY]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_and_now_and_then_told_apart(theme: Theme) -> None:
    assert min(contrast(theme[ink], theme["paper"]) for ink in ("ink", "grey")) >= 4.5
    assert contrast(theme[NOW], theme[THEN]) > 1.5


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_margins_hold(typefaces: Typefaces) -> None:
    placed = laid_out(FULL, typefaces)

    assert all(cell.box.x >= MARGIN and cell.box.right <= WIDTH - MARGIN for cell in placed.cells)


@pytest.mark.parametrize("lines", [(), (ENERGY,) * 4])
def test_a_card_without_a_measure_or_with_too_many_is_refused(lines: tuple[MeasureLine, ...]) -> None:
    with pytest.raises(ValueError, match="1 to 3 measures"):
        replace(FEW, lines=lines)


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_beyond_the_bar_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        MeasureLine("x", (share, None), ("", ""))


SAID = Say(
    "decide.compared",
    {"name": "Graz", "lines": ()},
    picture=DecisionBars(
        Say("decide.picture_title", {"name": "Graz & <Linz>"}),
        (Label("decide.when", "now"), Label("decide.when", "then")),
        (MeasureRow(Label("decide.measure", "energy"), (0.3, None), (3, Label("decide.when", "open"))),),
        Say("decide.picture_foot"),
    ),
)


@pytest.mark.parametrize(("locale", "words"), [("en", ("3", "open")), ("de", ("3", "offen"))])
def test_a_message_brings_its_card_in_the_words_of_its_locale(locale: str, words: tuple[str, str]) -> None:
    card = HOUSE.voices[locale].bubble(SAID).card

    assert isinstance(card, DecisionCard)
    assert card.title == "Graz & <Linz>"
    assert card.lines[0].words == words
    assert card.lines[0].shares == (0.3, None)


async def test_it_waits_in_the_outbox_as_it_is_and_is_drawn_by_the_studio() -> None:
    bubble = HOUSE.voices["en"].bubble(SAID)
    parcel = of_bubble(1, bubble)

    assert from_body(parcel.kind, as_body(parcel)) == parcel
    assert bubble.card is not None
    assert (await drawn(bubble.card))[:4] == b"\x89PNG"
