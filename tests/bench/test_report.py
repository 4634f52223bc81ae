"""What becomes of figures: lines, tables, a file, a page."""

from __future__ import annotations

from bench import Figure, median, profile, spread
from bench.__main__ import main, options, sections
from bench.page import MEASURED, PAGE, with_figures
from bench.profile import read
from bench.report import Report, as_markdown, line


def figure() -> Figure:
    return spread("ours: calls", [900.0, 1200.0, 1000.0], "/s", "at least 300", 1.5)


def report() -> Report:
    return Report("2 cores", "abc1234", {"calls": [figure()]})


def test_a_figure_of_several_runs_shows_the_middle_one_and_the_spread() -> None:
    assert " ".join(line(figure()).split()) == "ours: calls 1,000 /s 900 to 1,200 1.50 at least 300"


def test_a_figure_of_one_run_has_no_spread() -> None:
    assert " ".join(line(Figure("resident", 131.3, "MB")).split()) == "resident 131 MB"


def test_the_median_of_three_is_the_middle_one() -> None:
    assert median([3.0, 1.0, 2.0]) == 2.0


def test_a_report_is_read_back_as_it_was() -> None:
    assert Report.from_json(report().as_json()) == report()


def test_a_page_gets_the_figures_that_were_measured_and_keeps_the_others() -> None:
    page = (
        "# Fast\n<!-- measured: calls -->\nold\n<!-- up to here -->\nbetween\n"
        "<!-- measured: due -->\nkept\n<!-- up to here -->\n"
    )
    written = with_figures(page, report())

    assert as_markdown([figure()]) in written
    assert "old" not in written
    assert "between\n<!-- measured: due -->\nkept\n" in written
    assert with_figures(written, report()) == written


def test_the_page_has_a_place_for_every_section_that_is_measured() -> None:
    places = {found[2] for found in MEASURED.finditer(PAGE.read_text("utf-8"))}

    assert places - {"machine"} == set(sections(options().parse_args([]))) - {"safety"}


def test_a_section_that_is_not_there_is_refused() -> None:
    assert main(["nowhere"]) == 2


def test_samples_are_told_by_library_and_by_our_function() -> None:
    stacks = read("/x/bot/sender.py:Sender.run;/x/site-packages/aiohttp/client.py:post 3\n/x/bot/a.py:b 1")

    assert stacks.total() == 4
    assert {profile.library(stack.split(";")) for stack in stacks} == {"aiohttp", "bot"}
    assert {profile.own_function(stack.split(";")) for stack in stacks} == {
        "bot/sender.py:Sender.run",
        "bot/a.py:b",
    }
