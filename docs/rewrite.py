"""Puts into the documents what the program itself says: chats, diagrams, items, the rule at work.

`python -m docs.rewrite` writes them; tests/test_docs.py refuses documents that say something else.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from bot.catalogue import Catalogue, load_catalogues
from bot.chatting import played
from bot.scripts import LINE
from docs.dependencies import packages, their_packages
from docs.items import items_page
from docs.robustness import reached
from docs.rule_in_words import rule_in_words
from docs.worked_example import worked_example
from flows.engine.drawing import draw
from flows.engine.flow import Flow
from flows.shelf import FLOWS

ROOT = Path(__file__).parent.parent
FLOWS_PAGE = ROOT / "docs" / "reference" / "flows.md"
ITEMS_PAGE = ROOT / "docs" / "reference" / "items.md"
PLAYED = re.compile(r"(<!-- played: (\S+) -->\n```text\n)(.*?)(```\n)", re.DOTALL)
WORKED_OUT = re.compile(r"(<!-- worked out: (\S+) -->\n)(.*?)(\n<!-- up to here -->\n)", re.DOTALL)
QUOTED = re.compile(r"(<!-- quoted: (\S+) (\S+) -->\n```toml\n)(.*?)(```\n)", re.DOTALL)

PARTS: Mapping[str, Callable[[], str]] = {
    "rule": rule_in_words,
    "example": worked_example,
    "robustness": reached,
}
"""What stands between "<!-- worked out: NAME -->" and "<!-- up to here -->" in the method."""

TABLES: Mapping[str, Callable[[], str]] = {"packages": packages, "their-packages": their_packages}
"""What stands so in other pages."""

FLOWS_HEAD = """\
# The flows, drawn

Each diagram is drawn from the table that runs, so it cannot be out of date: a test refuses another one, and
`.venv/bin/python -m docs.rewrite` writes this page anew. For one flow alone there is `tare draw NAME`;
`tare draw --out FOLDER` makes a file of each.

A box is a question, with its kind; words on an arrow are its guard. The arrows out of a box are tried from
top to bottom. How to read and write such a table: [write a flow](../how-to/write-a-flow.md).
"""


def written_pages() -> list[Path]:
    """Return the pages that show something of the program."""
    pages = (ROOT / "README.md", *sorted({*ROOT.glob("docs/**/*.md"), *WHOLE_PAGES}))
    return [page for page in pages if page in WHOLE_PAGES or _has_parts(page.read_text("utf-8"))]


def _has_parts(text: str) -> bool:
    return any(kind.search(text) for kind in (PLAYED, WORKED_OUT, QUOTED))


def rewritten(page: Path) -> str:
    """Return what such a page has to be."""
    if page in WHOLE_PAGES:
        return WHOLE_PAGES[page]()
    quoted = QUOTED.sub(_with_prompt, page.read_text("utf-8"))
    return WORKED_OUT.sub(_with_part, PLAYED.sub(_with_chat, quoted))


def _with_prompt(found: re.Match[str]) -> str:
    """Quote one table of a file of prompts, as it is written there."""
    (text,) = re.findall(
        rf"^\[{re.escape(found[3])}\]\n(?:.+\n)+", (ROOT / found[2]).read_text("utf-8"), re.MULTILINE
    )
    return f"{found[1]}{text}{found[5]}"


def _with_part(found: re.Match[str]) -> str:
    part = {**PARTS, **TABLES}[found[2]]
    return f"{found[1]}{part()}{found[4]}"


def _with_chat(found: re.Match[str]) -> str:
    lines = (ROOT / found[2]).read_text("utf-8").splitlines()
    return f"{found[1]}{excerpt(lines)}{found[4]}"


def excerpt(script: list[str]) -> str:
    """Play a script and return the parts of the chat between "# shown from here" and "# ..."."""
    shown = [*_marked(script)]
    parts = [
        "".join(f"{line}\n" for _, line in part)
        for marked, part in groupby(_numbered(_chat(script)), key=lambda each: shown[each[0]])
        if marked
    ]
    return "\n[...]\n\n".join(parts)


def _marked(script: Iterable[str]) -> Iterator[bool]:
    """Yield for each cue of a script whether it is shown."""
    marked = False
    for line in script:
        if line.startswith("# "):
            marked = line == "# shown from here" or (marked and line != "# ...")
        elif LINE.fullmatch(line) and not line.startswith("bot>"):
            yield marked


def _numbered(chat: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a chat, each with the number of the cue that it follows."""
    cue = -1
    for line in chat:
        cue += not line.startswith("bot>")
        yield cue, line


def _chat(script: list[str]) -> list[str]:
    async def lines() -> list[str]:
        return [line async for line, _ in played(script)]

    return asyncio.run(lines())


def flows_page() -> str:
    """Return the page with a diagram and the questions of every flow."""
    words = load_catalogues()["en"]
    return FLOWS_HEAD + "".join(_section(flow, words) for flow in FLOWS.values())


def _section(flow: Flow, words: Catalogue) -> str:
    rows = "".join(
        f"| `{name}` | {question.kind} | {words.templates.get(f'{flow.prompt(name)}.short', '')} |\n"
        for name, question in flow.questions.items()
    )
    return (
        f"\n## {flow.name}\n\nVersion {flow.version}, begins with `{flow.start}`.\n\n"
        f"```mermaid\n{draw(flow)}```\n\n| question | kind | about |\n|---|---|---|\n{rows}"
    )


WHOLE_PAGES: Mapping[Path, Callable[[], str]] = {FLOWS_PAGE: flows_page, ITEMS_PAGE: items_page}


if __name__ == "__main__":
    for page, text in [(each, rewritten(each)) for each in written_pages()]:  # all of them, or none
        page.write_text(text, "utf-8")
