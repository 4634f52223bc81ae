"""Everything has its place on the card: inside it, apart from everything else, and large enough to read."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.pictures import look
from bot.pictures.card import DOTS, Card, LayerLine
from bot.pictures.layout import Layout, laid_out
from bot.pictures.lettering import LEFT_TO_RIGHT, RIGHT_TO_LEFT, alphabet_for
from bot.pictures.look import MARGIN, WIDTH
from bot.pictures.map_card import Typefaces
from tests.pictures.boxes import boxes_of, overlap
from tests.pictures.cards import CARDS, EXAMPLE, FOOT, FULL, HOSTILE, SMALLEST, TWO_MAPS

every_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)


def texts_of(placed: Layout) -> list[str]:
    return [line.text.strip(LEFT_TO_RIGHT + RIGHT_TO_LEFT) for line in placed.lines]


@every_card
def test_nothing_overlaps(card: Card, typefaces: Typefaces) -> None:
    boxes = boxes_of(laid_out(card, typefaces))

    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


@every_card
def test_everything_is_on_the_card_and_keeps_its_margin(card: Card, typefaces: Typefaces) -> None:
    placed = laid_out(card, typefaces)

    for box in boxes_of(placed):
        assert MARGIN <= box.x <= box.right <= WIDTH - MARGIN
        assert 0 < box.y <= box.bottom < placed.height


@every_card
def test_the_card_ends_below_its_last_words(card: Card, typefaces: Typefaces) -> None:
    placed = laid_out(card, typefaces)

    assert 40 <= placed.height - max(box.bottom for box in boxes_of(placed)) <= 80


@every_card
def test_every_row_has_five_dots_and_as_many_filled_as_asked(card: Card, typefaces: Typefaces) -> None:
    dots = laid_out(card, typefaces).dots

    rows = [dots[at : at + DOTS] for at in range(0, len(dots), DOTS)]
    asked = [each for layer in card.layers for each in (layer.dots_before, layer.dots) if each is not None]
    assert [sum(dot.filled for dot in row) for row in rows] == asked
    for row in rows:
        assert len({dot.box.y for dot in row}) == 1
        assert [dot.filled for dot in row] == sorted((dot.filled for dot in row), reverse=True)


@every_card
def test_every_letter_is_one_that_its_typeface_has(card: Card, typefaces: Typefaces) -> None:
    for text in texts_of(laid_out(card, typefaces)):
        assert set(text) - {"\u200c"} <= alphabet_for(text, typefaces.alphabets)


@pytest.mark.parametrize("tall", ["كُّلُّ يوم", "Ấ\u0301\u0301 g\u0323\u0323", "q\u0345\u0345 Ṩ\u0323\u0331"])
def test_letters_that_stand_high_or_hang_low_push_the_lines_apart(tall: str, typefaces: Typefaces) -> None:
    reason = f"{tall} " * 24
    card = replace(SMALLEST, subtitle=reason, layers=(LayerLine(reason, reason, 1, (reason, reason)),))

    boxes = boxes_of(laid_out(card, typefaces))

    assert len(boxes) > 15
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


def test_all_the_words_are_there_in_their_order(typefaces: Typefaces) -> None:
    layer = EXAMPLE.layers[0]

    words = " ".join(texts_of(laid_out(EXAMPLE, typefaces)))

    assert words.startswith(
        " ".join((EXAMPLE.title, EXAMPLE.subtitle, layer.name, layer.word, *layer.reasons))
    )
    assert words.endswith(f"{EXAMPLE.flag} {FOOT}")


def test_a_flag_that_is_empty_leaves_no_gap_and_no_panel(typefaces: Typefaces) -> None:
    with_flag, without = laid_out(EXAMPLE, typefaces), laid_out(replace(EXAMPLE, flag=""), typefaces)

    assert len(without.panels) == len(with_flag.panels) - 1
    assert without.height < with_flag.height - 100


def test_a_leading_row_has_a_panel_behind_all_of_it(typefaces: Typefaces) -> None:
    placed = laid_out(replace(EXAMPLE, layers=EXAMPLE.layers[:1], flag=""), typefaces)

    (panel,) = placed.panels
    within = [box for box in boxes_of(placed) if overlap(panel.box, box)]
    assert len(within) == 2 + 3 + DOTS + 2  # name and word, three lines of reasons, dots, two bullets
    assert all(panel.box.y + 20 < box.y and box.bottom + 20 < panel.box.bottom for box in within)


def test_a_reason_without_end_gets_two_lines(typefaces: Typefaces) -> None:
    endless = LayerLine("Load", "a hint", 1, ("never a free evening " * 15,))

    texts = texts_of(laid_out(replace(SMALLEST, layers=(endless,)), typefaces))

    assert len(texts) == len((SMALLEST.title, "Load", "a hint")) + 2 + 1
    assert texts[-2].endswith("…")


def test_the_last_line_is_more_than_a_forgotten_word(typefaces: Typefaces) -> None:
    subtitle = "On what you told me so far, it leans a little towards what work is for."

    first, last = (
        line.box.width
        for line in laid_out(replace(SMALLEST, subtitle=subtitle), typefaces).lines
        if line.style is look.SUBTITLE
    )

    assert last > 0.4 * first


def test_dollars_and_newlines_of_people_are_letters(typefaces: Typefaces) -> None:
    texts = texts_of(laid_out(HOSTILE, typefaces))

    assert r"$\alpha$" in texts
    assert "line one tab" in texts
    assert "“$5_000 for {work} <i>harder</i>” $" in texts


def test_two_maps_stand_in_two_columns_with_their_heads_above() -> None:
    placed = laid_out(TWO_MAPS, Typefaces())

    before, now = (next(line for line in placed.lines if line.text == head) for head in TWO_MAPS.columns)
    assert before.baseline == now.baseline
    assert before.box.x == MARGIN
    assert {dot.box.x for dot in placed.dots[:DOTS]} < {dot.box.x for dot in placed.dots}
    assert all(dot.box.x >= now.box.x for dot in placed.dots[DOTS : 2 * DOTS])
    assert all(dot.box.right < look.SECOND for dot in placed.dots[:DOTS])


@pytest.mark.parametrize("columns", [("one",), ("one", "two", "three")])
def test_a_card_shows_one_map_or_two(columns: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="one map or two"):
        replace(TWO_MAPS, columns=columns)


def test_the_same_card_is_always_laid_out_the_same(typefaces: Typefaces) -> None:
    assert laid_out(FULL, typefaces) == laid_out(FULL, Typefaces())


STYLES = [style for style in vars(look).values() if isinstance(style, look.Style)]


def test_nothing_is_smaller_than_a_phone_can_show() -> None:
    assert len(STYLES) >= 8
    assert min(style.size for style in STYLES) >= 30


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    dark, light = sorted((luminance(ink), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [look.PAPER, look.PANEL, look.SAND])
def test_words_stand_out_from_every_ground(ground: str) -> None:
    assert min(contrast(style.ink, ground) for style in STYLES) >= 4.5


@pytest.mark.parametrize("ground", [look.PAPER, look.PANEL])
def test_dots_stand_out_from_what_is_behind_them(ground: str) -> None:
    assert min(contrast(ink, ground) for ink in (look.ACCENT, look.QUIET)) >= 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=120), min_size=8, max_size=8), st.integers(0, DOTS), st.booleans())
def test_whatever_strangers_write_it_has_its_place(
    typefaces: Typefaces, texts: list[str], dots: int, leading: bool
) -> None:
    title, subtitle, foot, flag, name, word, *reasons = texts
    card = Card(title, subtitle, (LayerLine(name, word, dots, tuple(reasons), leading),), foot, flag)

    placed = laid_out(card, typefaces)

    boxes = boxes_of(placed)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    assert all(box.right <= WIDTH - MARGIN and box.bottom < placed.height for box in boxes)
    assert all(one.baseline <= next_.baseline for one, next_ in pairwise(placed.lines))


@pytest.mark.parametrize("dots", [-1, 6])
def test_a_row_refuses_dots_that_it_does_not_have(dots: int) -> None:
    with pytest.raises(ValueError, match="5 dots"):
        LayerLine("Load", "a hint", dots)


def test_a_row_refuses_a_third_reason() -> None:
    with pytest.raises(ValueError, match="2 reasons"):
        LayerLine("Load", "a hint", 1, ("one", "two", "three"))


@pytest.mark.parametrize("count", [0, 6])
def test_a_card_refuses_no_layers_and_a_sixth(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 5 layers"):
        Card("Map", "", (LayerLine("Load", "a hint", 1),) * count, FOOT)
