"""The drawing shows what the layout says, there and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageColor, ImageStat

from bot.pictures.card import Card, LayerLine
from bot.pictures.layout import Box, Layout, laid_out
from bot.pictures.look import PANEL, PAPER, WIDTH
from bot.pictures.map_card import Typefaces, draw, png
from tests.pictures.boxes import boxes_of
from tests.pictures.cards import CARDS, EXAMPLE, EXAMPLE_FILE, FULL, HOSTILE, ONE_LAYER

every_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)

EDGE = 2
"""Pixels by which smoothed edges may leave a measured box."""


def picture(file: bytes) -> Image.Image:
    return Image.open(BytesIO(file)).convert("RGB")


def ink(placed: Layout, typefaces: Typefaces) -> Image.Image:
    """What is drawn on the paper and its panels: black where there is nothing."""
    bare = replace(placed, lines=(), dots=(), bullets=())
    return ImageChops.difference(picture(png(placed, typefaces)), picture(png(bare, typefaces)))


def corners(box: Box, grown: int = 0) -> tuple[int, int, int, int]:
    x, y, right, bottom = box.x - grown, box.y - grown, box.right + grown, box.bottom + grown
    return int(x), int(y), int(right) + 1, int(bottom) + 1


@every_card
def test_a_card_is_a_png_of_its_size_that_a_phone_loads_at_once(card: Card, typefaces: Typefaces) -> None:
    file = draw(card, typefaces)

    image = Image.open(BytesIO(file))
    image.load()
    assert image.format == "PNG"
    assert image.size == (WIDTH, laid_out(card, typefaces).height)
    assert len(file) < 200_000


@every_card
def test_nothing_is_drawn_outside_its_box(card: Card, typefaces: Typefaces) -> None:
    placed = laid_out(card, typefaces)
    drawn = ink(placed, typefaces)

    for box in boxes_of(placed):
        drawn.paste("black", corners(box, grown=EDGE))

    assert drawn.getbbox() is None


@every_card
def test_everything_that_has_a_place_is_drawn(card: Card, typefaces: Typefaces) -> None:
    placed = laid_out(card, typefaces)
    drawn = ink(placed, typefaces)

    for box in boxes_of(placed):
        assert drawn.crop(corners(box)).getbbox() is not None


@pytest.mark.parametrize("leading", [True, False])
@pytest.mark.parametrize("dots", range(6))
def test_a_filled_dot_is_full_and_an_open_one_shows_what_is_behind(
    dots: int, leading: bool, typefaces: Typefaces
) -> None:
    placed = laid_out(replace(ONE_LAYER, layers=(LayerLine("", "", dots, (), leading),)), typefaces)
    image = picture(png(placed, typefaces))
    ground = ImageColor.getrgb(PANEL if leading else PAPER)

    middles = [image.getpixel((int(d.box.x + 14), int(d.box.y + 14))) for d in placed.dots]
    edges = [image.getpixel((int(d.box.x + 1), int(d.box.y + 14))) for d in placed.dots]

    assert [middle != ground for middle in middles] == [True] * dots + [False] * (5 - dots)
    assert ground not in edges


def test_the_paper_reaches_every_corner(typefaces: Typefaces) -> None:
    image = picture(draw(EXAMPLE, typefaces))
    right, bottom = image.width - 1, image.height - 1

    seen = {image.getpixel(corner) for corner in ((0, 0), (right, 0), (0, bottom), (right, bottom))}

    assert seen == {ImageColor.getrgb(PAPER)}


def test_dollars_are_drawn_as_letters_and_not_as_formulas(typefaces: Typefaces) -> None:
    """As a formula, one dollar would be half a formula, and the letters between two would lean."""
    card = replace(ONE_LAYER, title="$x_2$", subtitle="$")

    title, subtitle, *_ = laid_out(card, typefaces).lines

    bare = laid_out(replace(card, title="x_2"), typefaces).lines[0]
    assert title.box.width > bare.box.width * 1.4
    assert subtitle.box.width > 0


@pytest.mark.parametrize("card", [FULL, HOSTILE], ids=["full", "hostile"])
def test_the_same_card_is_the_same_picture_to_the_byte(card: Card, typefaces: Typefaces) -> None:
    assert draw(card, typefaces) == draw(card, Typefaces())


def test_the_example_in_the_documents_is_current(typefaces: Typefaces) -> None:
    """`python -m tests.pictures.cards` mends it. Smoothing may differ from one machine to the next."""
    kept, now = picture(EXAMPLE_FILE.read_bytes()), picture(draw(EXAMPLE, typefaces))

    assert kept.size == now.size
    assert max(ImageStat.Stat(ImageChops.difference(kept, now)).mean) < 1
    assert EXAMPLE_FILE.stat().st_size < 150_000
