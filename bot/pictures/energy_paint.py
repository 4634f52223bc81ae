"""A placed sheet as a PNG. Imports matplotlib, which is slow: the studio imports it late."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.patches import BoxStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.pictures.energy_sheet import Cell, Placed, Theme, Word
from bot.pictures.look import WIDTH
from bot.pictures.map_card import PIXELS, Typefaces

CORNER = 12
COLOURS = 128

_AGG: Any = RendererAgg
"""matplotlib's renderer comes without types."""


def painted(placed: Placed, typefaces: Typefaces, theme: Theme) -> bytes:
    """Return the sheet as a PNG, 1080 pixels wide. The same sheet gives the same bytes."""
    renderer = _AGG(WIDTH, placed.height, PIXELS)
    paper = Path.unit_rectangle().transformed(Affine2D().scale(WIDTH, placed.height))
    _shape(renderer, paper, theme["paper"], theme["paper"])
    for cell in placed.cells:
        _cell(renderer, cell, theme)
    for word in placed.words:
        _word(renderer, word, typefaces, theme)
    return _packed(Image.frombuffer("RGBA", (WIDTH, placed.height), renderer.buffer_rgba()))


def _cell(renderer: Any, cell: Cell, theme: Theme) -> None:
    outline = BoxStyle.Round(pad=0, rounding_size=CORNER)(*cell.box, mutation_size=1)
    _shape(renderer, outline, theme[cell.ground], theme[cell.edge])


def _word(renderer: Any, word: Word, typefaces: Typefaces, theme: Theme) -> None:
    pen = renderer.new_gc()
    pen.set_foreground(theme[word.ink])
    face = typefaces.face(word.text, word.style)
    renderer.draw_text(pen, word.box.x, word.baseline, word.text, face, 0)


def _shape(renderer: Any, path: Path, ground: str, edge: str) -> None:
    """Draw a shape given with y down; the renderer's shapes have y up, only its text has y down."""
    upright = Affine2D().scale(1, -1).translate(0, renderer.height)
    pen = renderer.new_gc()
    pen.set_foreground(edge)
    pen.set_linewidth(2)
    renderer.draw_path(pen, path, upright, to_rgba(ground))


def _packed(image: Image.Image) -> bytes:
    few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = BytesIO()
    few.save(file, "PNG", compress_level=6)
    return file.getvalue()
