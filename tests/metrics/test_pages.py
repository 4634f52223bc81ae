"""The page of metrics is the code's own, and alerts and recipes ask only for what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
import yaml

from bot.metrics.page import families, labels_of, page
from docs.rewrite import ROOT
from flows.shelf import FLOWS

ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
PAGE = ROOT / "docs" / "reference" / "metrics.md"
WATCH = ROOT / "docs" / "how-to" / "watch-it.md"

MADE_BY_PROMETHEUS = {"up": {"job": {"tare"}}}
SERIES = re.compile(r"\b(up|tare_\w+)\b(?:\{([^}]*)\})?")
MATCHER = re.compile(r'\s*(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"\s*')
GROUPED = re.compile(r"\b(?:by|without)\s*\(([^)]*)\)")


@cache
def there() -> dict[str, dict[str, set[str]]]:
    """Every series by name, with what its labels can be."""
    found: dict[str, dict[str, set[str]]] = {
        name: dict(labels) for name, labels in MADE_BY_PROMETHEUS.items()
    }
    for family in families():
        for sample in family.samples:
            labels = found.setdefault(sample.name, {})
            for name, value in sample.labels.items():
                labels.setdefault(name, set()).add(value)
    return found


def faults(expression: str) -> Iterator[str]:
    """What an expression asks for that is not there."""
    asked: set[str] = set()
    for name, matchers in SERIES.findall(expression):
        labels = there().get(name)
        if labels is None:
            yield f"no metric {name}"
            continue
        asked |= {*labels}
        for matcher in filter(None, matchers.split(",")):
            yield from faults_of_matcher(name, matcher, labels)
    for group in GROUPED.findall(expression):
        yield from (f"no label {each.strip()}" for each in group.split(",") if each.strip() not in asked)


def faults_of_matcher(name: str, matcher: str, labels: dict[str, set[str]]) -> Iterator[str]:
    read = MATCHER.fullmatch(matcher)
    if read is None:
        yield f"{name}: {matcher} cannot be read"
        return
    label, how, value = read.groups()
    values = value.split("|") if "~" in how else [value]
    yield from (f"{name}: {label} is never {each}" for each in values if each not in labels.get(label, set()))


def rules() -> list[dict[str, object]]:
    groups = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def recipes() -> list[str]:
    return re.findall(r"```promql\n(.*?)```", WATCH.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_an_alert_asks_only_for_what_is_there(rule: dict[str, object]) -> None:
    expression = str(rule["expr"])

    assert SERIES.search(expression)
    assert list(faults(expression)) == []


@pytest.mark.parametrize("recipe", recipes())
def test_a_recipe_asks_only_for_what_is_there(recipe: str) -> None:
    assert SERIES.search(recipe)
    assert list(faults(recipe)) == []


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("max(tare_outbox_depth) > 1", "no metric tare_outbox_depth"),
        ('tare_parcels_total{fate="failed"}', "tare_parcels_total: fate is never failed"),
        ('tare_parcels_total{outcome=~"failed|lost"}', "tare_parcels_total: outcome is never lost"),
        ("sum by (person) (tare_turns_total)", "no label person"),
        ("tare_first_call_seconds > 1", "no metric tare_first_call_seconds"),
        ("tare_parcels_total{outcome='failed'}", "tare_parcels_total: outcome='failed' cannot be read"),
    ],
)
def test_what_is_not_there_is_found(expression: str, fault: str) -> None:
    assert list(faults(expression)) == [fault]


def test_every_alert_says_how_urgent_it_is_and_stands_on_the_page_with_that() -> None:
    written = re.findall(
        r"^\| `(Tare\w+)` \| (\w+) \| [^|]+ \| [^|]+ \|$", WATCH.read_text("utf-8"), re.MULTILINE
    )
    ruled = [(rule["alert"], severity_of(rule)) for rule in rules()]

    assert written == ruled
    assert {severity for _, severity in ruled} == {"now", "today"}
    assert all(set(rule) <= {"alert", "expr", "for", "labels", "annotations"} for rule in rules())


def severity_of(rule: dict[str, object]) -> str:
    labels = rule["labels"]
    assert isinstance(labels, dict)
    return str(labels["severity"])


def test_the_page_of_metrics_is_current() -> None:
    """`python -m bot.metrics.page` writes it."""
    assert PAGE.read_text("utf-8") == page()


def test_what_is_named_to_an_operator_is_there() -> None:
    named = set(re.findall(r"\btare_[a-z_]+\b", WATCH.read_text("utf-8")))
    families_too = {family.name for family in families()}

    assert named - {*there()} - families_too == set()


def test_every_metric_is_on_the_page_with_its_labels() -> None:
    rows = dict(re.findall(r"^\| `(tare_\w+)` \| \w+ \| ([^|]*) \|", PAGE.read_text("utf-8"), re.MULTILINE))

    assert len(rows) == len(families()) > 20
    for family in families():
        row = rows[family.name if family.name in rows else f"{family.name}_total"]
        assert set(re.findall(r"`(\w+)`", row)) == {*labels_of(family)} - {"le"}


def test_the_page_tells_how_many_series_there_are() -> None:
    questions = sum(len(flow.questions) for flow in FLOWS.values())
    told = f"with {questions} questions {4 * questions:,},\nand {14 * questions:,} at the very most"

    assert told in WATCH.read_text("utf-8")
