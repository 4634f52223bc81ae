"""The picture of the weeks as a PNG. Imports matplotlib, which is slow: the studio imports it late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.pictures.layout import Box
from bot.pictures.look import ACCENT, INK, PANEL, PANEL_EDGE, PAPER, QUIET, WIDTH, Style
from bot.pictures.map_card import PIXELS, Typefaces
from bot.pictures.timeline import TimelineCard, WeekDots
from bot.pictures.timeline_layout import MARK, Placed, laid_out

UNUSUAL, TRIAL = "#E9DFC8", "#DCE8E3"
"""Grounds of a week with days off or illness, and of a trial."""

REST_BAR = "#B79A5B"
WORKDAY, DAY_OFF = 12, 14
"""Radius of the discs of workdays, half the side of the squares of days off: where both are, both show."""

COLOURS = 128
"""In the palette of the file: flat grounds, a few inks, and the edges between them."""

Point = tuple[float, float]

_AGG: Any = RendererAgg
"""matplotlib's renderer comes without types."""


def draw(card: TimelineCard, typefaces: Typefaces) -> bytes:
    """Return the card as a PNG, 1080 pixels wide. The same card gives the same bytes."""
    placed = laid_out(card, typefaces)
    canvas = _Canvas(placed.height)
    canvas.box(Box(0, 0, WIDTH, placed.height), PAPER)
    _grounds(canvas, card, placed)
    _weeks(canvas, card, placed)
    _legend(canvas, placed.samples)
    for bar, box in zip(card.bars, placed.bars, strict=True):
        canvas.box(box, REST_BAR if bar.rest else ACCENT)
    for middle in placed.marks:
        canvas.diamond(middle)
    for line in placed.lines:
        canvas.words(line.text, typefaces, line.style.ink, (line.box.x, line.baseline), line.style)
    return canvas.png()


def _grounds(canvas: _Canvas, card: TimelineCard, placed: Placed) -> None:
    """The plot, the trials and the unusual weeks on it, and the lines of the scale over them."""
    plot = placed.plot
    canvas.box(plot, PANEL)
    for bar in card.bars:
        if not bar.rest:
            begins, ends = placed.x(bar.begins), min(placed.x(bar.ends), plot.right)
            canvas.box(Box(begins, plot.y, ends - begins, plot.height), TRIAL)
    for week in card.weeks:
        if week.unusual:
            canvas.box(Box(placed.x(week.place), plot.y, placed.step, plot.height), UNUSUAL)
    for share in (0.0, 0.5, 1.0):
        y = plot.y + share * plot.height
        canvas.stroke([(plot.x, y), (plot.right, y)], PANEL_EDGE, 2)


def _weeks(canvas: _Canvas, card: TimelineCard, placed: Placed) -> None:
    off = [(week, week.day_off) for week in card.weeks if week.day_off is not None]
    work = [(week, week.workday) for week in card.weeks if week.workday is not None]
    for run in _runs(off):
        canvas.stroke([placed.point(week, heaviness) for week, heaviness in run], QUIET, 3)
    for run in _runs(work):
        canvas.stroke([placed.point(week, heaviness) for week, heaviness in run], ACCENT, 6)
    for week, heaviness in off:
        canvas.square(placed.point(week, heaviness))
    for week, heaviness in work:
        canvas.disc(placed.point(week, heaviness))


def _runs(weeks: Sequence[tuple[WeekDots, int]]) -> Iterator[Sequence[tuple[WeekDots, int]]]:
    """Weeks in a row; a missing one is a gap that no line crosses."""
    begins = 0
    for place in range(1, len(weeks) + 1):
        if place == len(weeks) or weeks[place][0].place != weeks[place - 1][0].place + 1:
            yield weeks[begins:place]
            begins = place


def _legend(canvas: _Canvas, samples: Sequence[Box]) -> None:
    """In the order of the names: a workday, a day off, an unusual week, a map."""
    workday, day_off, unusual, drawn = samples
    for box, ink, width in ((workday, ACCENT, 6), (day_off, QUIET, 3)):
        y = box.y + box.height / 2
        canvas.stroke([(box.x, y), (box.right, y)], ink, width)
    canvas.disc(_middle(workday))
    canvas.square(_middle(day_off))
    canvas.box(unusual, UNUSUAL)
    canvas.diamond(_middle(drawn))


def _middle(box: Box) -> Point:
    return box.x + box.width / 2, box.y + box.height / 2


class _Canvas:
    """Paper to draw on, with y down; the renderer's shapes have y up, only its text has y down."""

    def __init__(self, height: int) -> None:
        self._height = height
        self._renderer = _AGG(WIDTH, height, PIXELS)
        self._upright = Affine2D().scale(1, -1).translate(0, height)

    def box(self, box: Box, ground: str) -> None:
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
        self._path(Path([*corners, corners[0]], closed=True), ground, ground, 0)

    def stroke(self, points: Sequence[Point], ink: str, width: float) -> None:
        if len(points) > 1:
            self._path(Path(points), None, ink, width)

    def disc(self, middle: Point) -> None:
        self._path(Path.circle(middle, WORKDAY), ACCENT, PANEL, 3)

    def square(self, middle: Point) -> None:
        self._around(
            middle, [(-DAY_OFF, -DAY_OFF), (DAY_OFF, -DAY_OFF), (DAY_OFF, DAY_OFF), (-DAY_OFF, DAY_OFF)]
        )

    def diamond(self, middle: Point) -> None:
        self._around(middle, [(0, -MARK), (MARK, 0), (0, MARK), (-MARK, 0)], ground=INK)

    def words(self, text: str, typefaces: Typefaces, ink: str, at: Point, style: Style) -> None:
        pen = self._renderer.new_gc()
        pen.set_foreground(ink)
        self._renderer.draw_text(pen, at[0], at[1], text, typefaces.face(text, style), 0)

    def png(self) -> bytes:
        """Return what was drawn, with a palette: a third of the bytes."""
        whole = Image.frombuffer("RGBA", (WIDTH, self._height), self._renderer.buffer_rgba()).convert("RGB")
        few = whole.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        file = BytesIO()
        few.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def _around(self, middle: Point, corners: Sequence[Point], ground: str = PANEL) -> None:
        x, y = middle
        points = [(x + across, y + down) for across, down in corners]
        self._path(Path([*points, points[0]], closed=True), ground, QUIET if ground == PANEL else ground, 4)

    def _path(self, path: Path, ground: str | None, ink: str, width: float) -> None:
        pen = self._renderer.new_gc()
        pen.set_foreground(ink)
        pen.set_linewidth(width)
        pen.set_joinstyle("round")
        pen.set_capstyle("round")
        self._renderer.draw_path(pen, path, self._upright, to_rgba(ground) if ground else None)
