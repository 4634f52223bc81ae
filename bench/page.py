"""`python -m bench.page FILE`: puts what `python -m bench --json FILE` kept on the page about performance."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bench.backstage import ROOT
from bench.report import Report, as_markdown

PAGE = ROOT / "docs" / "discussions" / "performance.md"
MEASURED = re.compile(r"(<!-- measured: (\S+) -->\n)(.*?)(<!-- up to here -->\n)", re.DOTALL)


def with_figures(text: str, report: Report) -> str:
    """Return a page with the figures of this report; what it did not measure stays."""

    def table(found: re.Match[str]) -> str:
        figures = report.sections.get(found[2])
        if found[2] == "machine":
            return f"{found[1]}\n{report.machine}; {report.commit}.\n\n{found[4]}"
        return f"{found[1]}\n{as_markdown(figures)}\n\n{found[4]}" if figures else found[0]

    return MEASURED.sub(table, text)


def main(file: Path) -> None:
    """Write the page anew."""
    report = Report.from_json(file.read_text("utf-8"))
    PAGE.write_text(with_figures(PAGE.read_text("utf-8"), report), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
