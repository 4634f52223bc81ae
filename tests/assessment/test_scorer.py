"""`tare score`: lines in, JSON lines out, and a wrong line stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bot.rulebook import rulebook
from bot.scorer import score_lines, write_scores
from tests.assessment.vignettes import VIGNETTE


def found_in(*lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in score_lines(lines, rulebook())]


def line(name: str) -> str:
    return f"{name}\t{VIGNETTE[name].vector}\n"


def written(lines: Iterable[str]) -> tuple[list[str], bool]:
    out: list[str] = []
    return out, write_scores(lines, rulebook(), out.append)


def test_a_line_says_all_that_was_found() -> None:
    assert found_in(line("P09")) == [
        {
            "id": "P09",
            "points": {"CAP": 8.0, "ENV": -6.0, "VAL": -6.0, "IDN": 10.0, "IRR": -6.0},
            "lead": ["IDN"],
            "layers": ["CAP"],
            "unclear": False,
            "reasons": [],
            "word": "fairly_clear",
            "out_flag": False,
        }
    ]


def test_points_are_rounded_to_a_tenth() -> None:
    points = found_in(line("P21"))[0]["points"]

    assert points["VAL"] == -3.4


def test_what_is_not_clear_has_a_reason_and_the_word_of_what_is_strongest() -> None:
    found = found_in(line("P17"))[0]

    assert (found["unclear"], found["lead"], found["word"], found["out_flag"]) == (True, [], "hint", True)
    assert found["reasons"] == ["nothing_in_picture"]


def test_a_wrong_line_is_named_and_the_rest_goes_on() -> None:
    first, wrong, untabbed, last = found_in(line("P01"), "a\tO2=99\n", "P03 O2=7\n", line("P05"))

    assert wrong == {"id": "a", "error": "O2: '99' is off the scale; write a whole number from 0 to 10"}
    assert untabbed == {"id": "line 3", "error": "line 3: has no tab; write id<TAB>vector"}
    assert (first["id"], last["id"]) == ("P01", "P05")


def test_blank_lines_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    found = found_in("\ufeffa\tO2=3\r\n", "\r\n", "b\tO2=4\r\n")

    assert [one["id"] for one in found] == ["a", "b"]
    assert not any("error" in one for one in found)


def test_somebody_who_skipped_everything_is_not_clear() -> None:
    assert found_in("nobody\t")[0]["unclear"] is True


def test_the_command_learns_whether_every_line_was_well() -> None:
    assert written([line("P01")])[1] is True
    out, all_well = written(["a\tO2=99", line("P01")])
    assert (len(out), all_well) == (2, False)
    assert all(text.endswith("\n") for text in out)
