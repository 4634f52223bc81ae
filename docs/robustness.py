"""What the robustness tests reach, in the words of their own report: a part of the page about the method."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from textwrap import fill

ROOT = Path(__file__).parent.parent
TESTS = "tests/assessment/test_robustness.py"
REPORT = re.compile(r"^=+ figures =+\n(.*?)^(?:=|\d+ (?:passed|failed))", re.DOTALL | re.MULTILINE)


@cache
def reached() -> str:
    """Return the report, about ten seconds later, even of floors not reached: the tests refuse those.

    Raises RuntimeError when there is none.
    """
    run = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TESTS],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        capture_output=True,
        text=True,
        check=False,
    )
    report = REPORT.search(run.stdout)
    if not report:
        raise RuntimeError(f"{TESTS} tells no figures; mend it first\n{run.stdout}{run.stderr}")
    lines = (fill(line, 100, subsequent_indent="      ") for line in report[1].splitlines())
    return "\n```text\n" + "".join(f"{line}\n" for line in lines) + "```\n"
