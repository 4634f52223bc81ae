"""The documents say what is there: chats are played, links followed, commands looked up, guides followed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.rulebook import rulebook
from docs.rewrite import ITEMS_PAGE, PARTS, ROOT, WORKED_OUT, rewritten, written_pages
from flows import commands

PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *ROOT.glob("[a-z]*/**/*.md"))
    if not any(part.startswith(".") for part in page.relative_to(ROOT).parts)
)
COMMANDS_PAGE = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
WRITE_A_FLOW = (ROOT / "docs" / "how-to" / "write-a-flow.md").read_text("utf-8")

LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
CALL = re.compile(r"(?:^ *|`|\| |&& |sudo |/bin/)(tare|make)\b((?: [^\s`|]+)*)", re.MULTILINE)
EXAMPLE = re.compile(r"`([\w./-]+)`:\n\n```(\w+)\n(.*?)```\n", re.DOTALL)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", written_pages(), ids=name_of)
def test_what_a_page_shows_of_the_program_is_current(page: Path) -> None:
    """`python -m docs.rewrite` mends it."""
    assert page.read_text("utf-8") == rewritten(page)


def test_the_chat_in_the_readme_is_there() -> None:
    """An excerpt that nobody marks would be empty, and current."""
    assert (ROOT / "README.md").read_text("utf-8").count("\nme> ") >= 5


def test_the_method_shows_the_rule_an_example_and_what_was_reached() -> None:
    """A part that nobody marks would be missing, and current."""
    method = (ROOT / "docs" / "discussions" / "method.md").read_text("utf-8")

    assert {found[2] for found in WORKED_OUT.finditer(method)} == set(PARTS)


def test_every_item_that_counts_is_on_the_page_of_items() -> None:
    page = ITEMS_PAGE.read_text("utf-8")
    counting = {item.name for item in rulebook().items} | {rulebook().what_ifs.money.item}
    counting |= {item for items in rulebook().what_ifs.items.values() for item in items}
    questions = {*re.findall(r"^### `(\w+)`$", page, re.MULTILINE)}
    statements = {*re.findall(r"^\| `(\w+)` \| “", page, re.MULTILINE)}
    put_together = {name for name in counting if f"A part of `{name}`" in page}

    assert counting - questions - statements - put_together == set()


def test_no_gap_in_a_question_is_left_as_a_template() -> None:
    assert re.findall(r"\{[{%]|`\w+\.\w+`", ITEMS_PAGE.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    lost = [link for link in links_in(page) if not leads_somewhere(page, link)]

    assert lost == []


def links_in(page: Path) -> Iterator[str]:
    prose = FENCE.sub("", page.read_text("utf-8"))
    for found in LINK.finditer(prose):
        link = found[1] or found[2]
        if not re.match(r"https?://|mailto:", link):
            yield link


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if heading and target.suffix == ".md":
        return heading in headings_of(target)
    return target.exists() and target.is_relative_to(ROOT)


def headings_of(page: Path) -> set[str]:
    prose = FENCE.sub("", page.read_text("utf-8"))
    lines = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_to_type_are_there(page: Path) -> None:
    unknown = [f"{who} {words}" for who, words in calls_in(page) if not can_be_called(who, words.split())]

    assert unknown == []


def calls_in(page: Path) -> Iterator[tuple[str, str]]:
    """Yield what a page tells to type, in fences of a shell and between backquotes: who, and with what."""
    text = page.read_text("utf-8")
    typed = [block for language, block in FENCE.findall(text) if language in ("sh", "ini")]
    quoted = re.findall(r"`[^`]+`", FENCE.sub("", text))
    for found in CALL.finditer("\n".join([*typed, *quoted])):
        yield found[1], re.sub(r"\w+=(\"[^\"]*\"|\S+)| #.*|'", "", found[2])


def can_be_called(who: str, words: list[str]) -> bool:
    if who == "make":
        return set(words) <= targets()
    command = main.commands.get(words[0]) if words else main
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    return command is not None and options <= options_of(command)


def options_of(command: click.Command) -> set[str]:
    return {name for each in command.params if isinstance(each, click.Option) for name in each.opts}


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("$(VENV)", ".venv")
    return set(re.findall(r"^([\w./-]+):(?!=)", makefile, re.MULTILINE))


def test_the_program_s_commands_are_all_described() -> None:
    described = {
        name: set(re.findall(r"`(--[\w-]+)`", options))
        for name, options in re.findall(r"^\| `tare ([\w-]+)` \|([^|]*)\|", COMMANDS_PAGE, re.MULTILINE)
    }

    assert described == {name: options_of(command) for name, command in main.commands.items()}


def test_the_targets_of_make_are_all_described() -> None:
    described = re.findall(r"^\| `make (\w+)` \|", COMMANDS_PAGE, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert phony
    assert sorted(described) == sorted(phony[1].split())


def test_the_chat_s_commands_are_all_described() -> None:
    described = re.findall(r"^\| `/(\w+)` \|", COMMANDS_PAGE, re.MULTILINE)

    assert tuple(described[: len(commands.SHOWN)]) == commands.SHOWN
    assert sorted(described) == sorted({*commands.COMMANDS, *commands.WISHES})


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which everything that the guide shows has been done."""
    folder = tmp_path_factory.mktemp("guided")
    for package in ("flows", "bot", "prompts"):
        shutil.copytree(ROOT / package, folder / package)
    for path, language, text in EXAMPLE.findall(WRITE_A_FLOW):
        write_or_edit(folder / path, language, text)
    return folder


def test_the_flow_of_the_guide_passes_the_check(guided: Path) -> None:
    assert [line for line in tare(guided, "check").stdout.splitlines() if "evening" in line] == []


def test_the_flow_of_the_guide_can_be_drawn(guided: Path) -> None:
    assert "left --> took: hardly anything is left" in tare(guided, "draw", "evening").stdout


def test_the_chat_of_the_guide_comes_as_written(guided: Path) -> None:
    chat = tare(guided, "chat", "--script", "evening.chat")

    assert chat.returncode == 0, chat.stdout


def test_the_mistake_of_the_guide_is_told_in_its_words(guided: Path) -> None:
    prompts = guided / "prompts" / "de" / "evening.toml"
    whole = prompts.read_text("utf-8")
    prompts.write_text(whole.replace('tasks = "Die Aufgaben"\n', ""), "utf-8")
    told = tare(guided, "check").stdout
    prompts.write_text(whole, "utf-8")

    (expected,) = re.findall(r"^prompts/de: flow evening.*$", WRITE_A_FLOW, re.MULTILINE)
    assert expected in told.splitlines()


def test_the_prompt_shown_is_the_one_that_is_said() -> None:
    words = (ROOT / "docs" / "discussions" / "words.md").read_text("utf-8")
    shown = [block for language, block in FENCE.findall(words) if language == "toml"]

    assert [block in (ROOT / "prompts" / "en" / "sketch.toml").read_text("utf-8") for block in shown] == [
        True
    ]


def write_or_edit(file: Path, language: str, text: str) -> None:
    """A whole file, or an edit: lines with a minus, which are there once, become those with a plus."""
    if language != "diff":
        file.write_text(text, "utf-8")
        return
    edited = file.read_text("utf-8")
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", text, re.MULTILINE):
        before, after = (re.sub(r"^[-+]", "", lines, flags=re.MULTILINE) for lines in (old, new))
        assert edited.count(before) == 1, f"{file.name} has this line not once: {before}"
        edited = edited.replace(before, after)
    file.write_text(edited, "utf-8")


def tare(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
