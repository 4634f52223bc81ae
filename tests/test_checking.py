"""`tare check` refuses what an author can get wrong, and says where and how to mend it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, load_catalogues
from bot.checking import check_all, unwritten
from bot.prompt_rules import differences, template_mistakes
from flows.commands import SHOWN
from flows.engine.flow import Flow, Go
from flows.engine.questions import Confirm
from flows.shelf import FLOWS

TODAY = datetime.now(UTC).date()
PROMPTS = Path(__file__).parents[1] / "prompts"
MENU = {f"menu.{name}": "x" for name in (*SHOWN, "description", "short_description")}


def english(**templates: str) -> Catalogue:
    """The English words people type, with these prompts alone."""
    return Catalogue("en", MENU | templates, {}, load_catalogues()["en"].words)


def mistakes(source: str) -> list[str]:
    return [*template_mistakes(english(said=source))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the English prompts that may be broken."""
    shutil.copytree(PROMPTS / "en", tmp_path / "en")
    return tmp_path


def test_what_is_shipped_is_in_order() -> None:
    assert check_all(TODAY).mistakes == ()


@pytest.mark.parametrize(
    "source",
    [
        "Plain words.",
        "{{ name }} & <b>{{ day | big }}</b> <i>small</i>",
        "{% if left == 1 %}one{% else %}{{ left }}{% endif %} left",
        "<blockquote expandable>{{ lines | bullets }}</blockquote>",
        '<a href="https://example.org">there</a>',
    ],
)
def test_a_template_with_facts_tags_and_one_decision_is_fine(source: str) -> None:
    assert mistakes(source) == []


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ name", "cannot be read"),
        ("{% if a %}x{% endif %}{% if b %}y{% endif %}", "more than one `if`"),
        ("{{ 'x' if a else 'y' }}{% if b %}y{% endif %}", "more than one `if`"),
        ("{{ count + 1 }}", "calculates"),
        ("{{ total // 2 }}", "calculates"),
        ("{% for line in lines %}{{ line }}{% endfor %}", "is a program"),
        ("{% set x = 1 %}", "is a program"),
        ("{{ name.upper() }}", "is a program"),
        ("{{ name | upper }}", "uses the filter upper"),
        ("<br>", "Telegram does not know"),
        ("<h1>{{ name }}</h1>", "Telegram does not know"),
        ("3 < 4", "Telegram does not know"),
        ("<b>open", "leaves <b> open"),
        ("<b><i>crossed</b></i>", "in the wrong place"),
        ("closed</b>", "in the wrong place"),
        ("x" * 4097, "more than one message holds"),
    ],
)
def test_a_template_that_telegram_or_a_translator_would_stumble_over_is_refused(
    source: str, says: str
) -> None:
    found = mistakes(source)

    assert found
    assert all(each.startswith("said: ") for each in found)
    assert says in found[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [("menu.map", "x" * 257), ("menu.description", "<b>x</b>"), ("menu.short_description", "x" * 121)],
)
def test_a_menu_that_telegram_would_refuse_is_refused(name: str, text: str) -> None:
    (found,) = template_mistakes(english(**{name: text}))

    assert found.startswith(name)


def test_a_missing_text_of_the_menu_is_told() -> None:
    without = Catalogue("en", {}, {}, load_catalogues()["en"].words)

    assert f"menu.{SHOWN[0]}: is missing; write it" in [*template_mistakes(without)]


def test_every_locale_has_the_same_prompts_labels_and_facts() -> None:
    words = load_catalogues()["en"].words
    model = Catalogue("en", {"a": "{{ name }}", "b": "x"}, {"a": {"yes": "Yes", "no": "No"}}, words)
    german = Catalogue("de", {"a": "{{ nmae }}", "c": "y"}, {"a": {"yes": "Ja", "ja": "Ja"}}, words)

    assert [*differences(german, model)] == [
        "the prompt b is missing; translate it from en",
        "the prompt c is not in en; remove it, or write it there too",
        "the label of a no is missing; translate it from en",
        "the label of a ja is not in en; remove it, or write it there too",
        "a: wants the fact nmae, which en does not have; mend the name",
    ]
    assert [*differences(model, model)] == []


def test_which_places_are_offered_may_differ_by_language(folder: Path) -> None:
    shutil.copytree(folder / "en", folder / "de")
    german = folder / "de" / "onboarding.toml"
    german.write_text(german.read_text("utf-8").replace('US = "United States"', 'AT = "Austria"'), "utf-8")

    assert check_all(TODAY, prompts=folder).mistakes == check_all(TODAY).mistakes == ()


def test_prompts_that_the_code_names_have_to_be_written() -> None:
    full = load_catalogues()["en"]
    templates = {name: text for name, text in full.templates.items() if name != "coach.later"}
    labels = {name: options for name, options in full.labels.items() if name != "coach.you_declined"}

    found = unwritten(Catalogue("en", templates, labels, full.words))

    assert "flows/commands.py: the prompt coach.later is missing; write it in every locale" in found
    assert any("the label talk of coach.you_declined is missing" in each for each in found)
    assert unwritten(full) == []


def test_a_mistake_in_a_flow_is_told_once_and_not_for_each_locale(folder: Path) -> None:
    shutil.copytree(folder / "en", folder / "de")
    stuck = Flow("stuck", 1, "a", {"a": Confirm()}, (Go("a", "a"),))

    found = check_all(TODAY, {**FLOWS, "stuck": stuck}, folder).mistakes

    assert len([each for each in found if "loop with no exit" in each]) == 1


def broken_toml(folder: Path) -> None:
    (folder / "en" / "coach.toml").write_text("[coach", "utf-8")


def no_words(folder: Path) -> None:
    (folder / "en" / "words.toml").unlink()


def a_locale_behind(folder: Path) -> None:
    shutil.copytree(folder / "en", folder / "de")
    (folder / "de" / "map.toml").unlink()


@pytest.mark.parametrize(
    ("happens", "says"),
    [(broken_toml, "coach.toml"), (no_words, "words.toml"), (a_locale_behind, "prompts/de: the prompt map")],
)
def test_whatever_happens_to_the_files_is_told_and_not_raised(
    folder: Path, happens: Callable[[Path], None], says: str
) -> None:
    happens(folder)

    assert any(says in each for each in check_all(TODAY, prompts=folder).mistakes)


def test_help_lines_that_nobody_looked_at_lately_are_a_warning_and_stop_nothing() -> None:
    found = check_all(date(2030, 1, 1))

    assert any("help lines" in warning for warning in found.warnings)
    assert not any("help lines" in mistake for mistake in found.mistakes)
