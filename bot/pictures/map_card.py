"""A card as a PNG. The only module that imports matplotlib, which is slow: the studio imports it late."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from itertools import product
from pathlib import Path as File

from matplotlib import get_data_path, rcParams
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import BoxStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.pictures.card import Card
from bot.pictures.layout import Dot, Extent, Layout, Line, Panel, laid_out
from bot.pictures.lettering import Alphabet, alphabet_for
from bot.pictures.look import (
    ACCENT,
    CORNER,
    DOT_RING,
    GREY,
    INK,
    PANEL,
    PANEL_EDGE,
    PAPER,
    QUIET,
    SAND,
    WIDTH,
    Style,
)

SHADES = 12
"""Steps from each ground to each ink: smooth edges in a palette, at a third of the bytes."""

rcParams["text.hinting"] = "no_hinting"  # letters keep their shapes, and are measured in half the time

PIXELS = 72
"""Dots per inch at which a point is a pixel."""


class Typefaces:
    """The house's Noto Sans (Latin, Greek, Cyrillic); for more, DejaVu Sans, which comes with matplotlib."""

    def __init__(self) -> None:
        house, more = File(__file__).parent / "fonts", File(get_data_path(), "fonts", "ttf")
        self._files = (
            (house / "NotoSans-Regular.ttf", house / "NotoSans-Bold.ttf"),
            (more / "DejaVuSans.ttf", more / "DejaVuSans-Bold.ttf"),
        )
        self._ruler = RendererAgg(1, 1, PIXELS)

    @cached_property
    def alphabets(self) -> Sequence[Alphabet]:
        """What each typeface can draw in both of its weights."""
        return [_alphabet(regular) & _alphabet(bold) for regular, bold in self._files]

    def extent(self, text: str, style: Style) -> Extent:
        """Measure as the renderer does that will draw it."""
        width, height, drop = self._ruler.get_text_width_height_descent(text, self.face(text, style), False)
        return Extent(width, height - drop, drop)

    def face(self, text: str, style: Style) -> FontProperties:
        """Return the first typeface that has all letters of the text."""
        place = self.alphabets.index(alphabet_for(text, self.alphabets))
        return FontProperties(fname=self._files[place][style.bold], size=style.size)


def draw(card: Card, typefaces: Typefaces) -> bytes:
    """Return the card as a PNG, 1080 pixels wide. The same card gives the same bytes."""
    return png(laid_out(card, typefaces), typefaces)


def png(layout: Layout, typefaces: Typefaces) -> bytes:
    """Return a layout as a PNG."""
    renderer = RendererAgg(WIDTH, layout.height, PIXELS)
    _fill(renderer, Path.unit_rectangle().transformed(Affine2D().scale(WIDTH, layout.height)), PAPER, PAPER)
    for panel in layout.panels:
        _panel(renderer, panel)
    for dot in (*layout.dots, *layout.bullets):
        _dot(renderer, dot)
    for line in layout.lines:
        _line(renderer, line, typefaces)
    return _packed(Image.frombuffer("RGBA", (WIDTH, layout.height), renderer.buffer_rgba()))


def _packed(image: Image.Image) -> bytes:
    few = image.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
    file = BytesIO()
    few.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _palette() -> Image.Image:
    """Return an image whose palette has all inks on all grounds, and the edges of letters between them."""
    shades = [
        round(255 * (of_ground + (of_ink - of_ground) * step / (SHADES - 1)))
        for ground, ink in product((PAPER, PANEL, SAND), (INK, GREY, ACCENT, QUIET, PANEL_EDGE))
        for step in range(SHADES)
        for of_ground, of_ink in zip(to_rgb(ground), to_rgb(ink), strict=True)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette(shades)
    return palette


def _panel(renderer: RendererAgg, panel: Panel) -> None:
    outline = BoxStyle.Round(pad=0, rounding_size=CORNER)(*panel.box, mutation_size=1)
    _fill(renderer, outline, panel.fill, panel.edge, stroke=2)


def _dot(renderer: RendererAgg, dot: Dot) -> None:
    """The outline lies inside the box; a ring shows what is behind it."""
    radius = dot.box.width / 2
    centre = (dot.box.x + radius, dot.box.y + radius)
    circle = Path.circle(centre, radius - DOT_RING / 2)
    _fill(renderer, circle, dot.ink if dot.filled else None, dot.ink, stroke=DOT_RING)


def _line(renderer: RendererAgg, line: Line, typefaces: Typefaces) -> None:
    pen = _pen(renderer, line.style.ink)
    renderer.draw_text(pen, line.box.x, line.baseline, line.text, typefaces.face(line.text, line.style), 0)


def _fill(renderer: RendererAgg, path: Path, fill: str | None, edge: str, stroke: float = 0) -> None:
    """Draw a shape given with y down; the renderer's shapes have y up, only its text has y down."""
    upright = Affine2D().scale(1, -1).translate(0, renderer.height)
    pen = _pen(renderer, edge, stroke)
    renderer.draw_path(pen, path, upright, to_rgba(fill) if fill else None)


def _pen(renderer: RendererAgg, ink: str, stroke: float = 0) -> GraphicsContextBase:
    pen = renderer.new_gc()
    pen.set_foreground(ink)
    pen.set_linewidth(stroke)
    return pen


def _alphabet(file: File) -> Alphabet:
    return frozenset(map(chr, get_font(file).get_charmap()))
