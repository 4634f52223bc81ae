"""The picture of a slope as a PNG. Imports matplotlib, which is slow: the studio imports it late."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.patches import BoxStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.pictures.layout import Box
from bot.pictures.look import WIDTH
from bot.pictures.map_card import PIXELS, Typefaces
from bot.pictures.slope import SlopeCard
from bot.pictures.slope_layout import LIGHT, Drawn, Key, Point, Theme, laid_out

COLOURS = 128
CORNER = 14
DASHES = (0, (16, 12))

_AGG: Any = RendererAgg
"""matplotlib's renderer comes without types."""


def draw(card: SlopeCard, typefaces: Typefaces, theme: Theme = LIGHT) -> bytes:
    """Return the card as a PNG, 1080 pixels wide. The same card gives the same bytes."""
    drawn = laid_out(card, typefaces)
    easel = _Easel(drawn.placed.height, theme)
    easel.box(Box(0, 0, WIDTH, drawn.placed.height), "paper")
    _plot(easel, drawn)
    for key in drawn.keys:
        _key(easel, key)
    for cell in drawn.placed.cells:
        easel.box(cell.box, cell.ground, CORNER)
    for word in drawn.placed.words:
        easel.words(word.text, typefaces.face(word.text, word.style), word.ink, (word.box.x, word.baseline))
    return easel.png()


def _plot(easel: _Easel, drawn: Drawn) -> None:
    """Bands behind, then the money, then the lines of the bands, and the floor above all."""
    for place, band in enumerate(drawn.bands):
        easel.box(band, "other" if place % 2 else "band")
    for areas, ground in zip(drawn.areas, ("area", "other_area"), strict=True):
        for area in areas:
            easel.box(area, ground)
    for missing in drawn.missing:
        easel.box(missing, "missing")
    for band in drawn.bands:
        easel.stroke([(band.x, band.y), (band.x, band.bottom)], "edge", 2)
    for run in drawn.steps:
        easel.stroke(run, "step", 7)
    if drawn.floor is not None:
        easel.stroke(drawn.floor, "floor", 4, dashed=True)


def _key(easel: _Easel, key: Key) -> None:
    middle = key.box.y + key.box.height / 2
    across = [(key.box.x, middle), (key.box.right, middle)]
    if key.what == "missing":
        easel.box(key.box, "missing")
    elif key.what == "floor":
        easel.stroke(across, "floor", 4, dashed=True)
    else:
        easel.stroke(across, "step", 7)


class _Easel:
    """Paper to draw on, with y down; the renderer's shapes have y up, only its text has y down."""

    def __init__(self, height: int, theme: Theme) -> None:
        self._height = height
        self._theme = theme
        self._renderer = _AGG(WIDTH, height, PIXELS)
        self._upright = Affine2D().scale(1, -1).translate(0, height)

    def box(self, box: Box, ground: str, corner: float = 0) -> None:
        if box.width <= 0 or box.height <= 0:
            return
        style = BoxStyle.Round(pad=0, rounding_size=corner) if corner else BoxStyle.Square(pad=0)
        pen = self._pen(ground, 0)
        path = style(*box, mutation_size=1)
        self._renderer.draw_path(pen, path, self._upright, to_rgba(self._theme[ground]))

    def stroke(self, points: Sequence[Point], ink: str, width: float, *, dashed: bool = False) -> None:
        pen = self._pen(ink, width)
        pen.set_joinstyle("miter")
        pen.set_capstyle("butt")
        if dashed:
            pen.set_dashes(*DASHES)
        self._renderer.draw_path(pen, Path(points), self._upright)

    def words(self, text: str, face: Any, ink: str, at: Point) -> None:
        self._renderer.draw_text(self._pen(ink, 0), at[0], at[1], text, face, 0)

    def png(self) -> bytes:
        """Return what was drawn, with a palette: a third of the bytes."""
        whole = Image.frombuffer("RGBA", (WIDTH, self._height), self._renderer.buffer_rgba()).convert("RGB")
        few = whole.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        file = BytesIO()
        few.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def _pen(self, ink: str, width: float) -> Any:
        pen = self._renderer.new_gc()
        pen.set_foreground(self._theme[ink])
        pen.set_linewidth(width)
        return pen
