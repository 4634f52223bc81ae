"""The page of all metrics, as the code has them: `python -m bot.metrics.page > docs/reference/metrics.md`."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import Metric

from bot.authors import Passage
from bot.metrics.counting import Metrics
from bot.metrics.names import QUESTIONS, WHATS
from bot.metrics.questions import PEOPLE

HEAD = """\
# Metrics

Made from the code by `.venv/bin/python -m bot.metrics.page`; a test refuses another page. What to look at,
and when: [watch it](../how-to/watch-it.md). They are told on `TARE_METRICS_LISTEN` only, at `/metrics`,
together with the usual `process_...` of memory, files and time.

Each process counts for itself from its start. What stands in the database (the gauges of the outbox, of
nudges and of what was set aside) is the same in every process: take its `max`, not its sum. It is NaN while
the database does not answer.
"""

NAMES = {
    "flow": "the names of [our flows](flows.md)",
    "question": "the names of their questions",
}


def families() -> list[Metric]:
    """Return all metrics of ours, with every series that there can be."""
    metrics = Metrics()
    metrics.questions.count(
        Passage(who, flow, question, what, 1 if what == "answered" else None)
        for flow, questions in QUESTIONS.items()
        for question in questions
        for what in WHATS
        for who in range(PEOPLE)
    )
    return [each for each in metrics.registry.collect() if each.name.startswith("tare_")]


def page() -> str:
    """Return the page."""
    found = families()
    rows = [f"| `{_called(each)}` | {each.type} | {_labels(each)} | {each.documentation} |" for each in found]
    table = ["| metric | kind | labels | says |", "|---|---|---|---|", *rows]
    return "\n".join([HEAD, *table, "", *_values(found)])


def _called(family: Metric) -> str:
    return f"{family.name}_total" if family.type == "counter" else family.name


def _labels(family: Metric) -> str:
    return ", ".join(f"`{name}`" for name in labels_of(family) if name != "le")


def labels_of(family: Metric) -> dict[str, set[str]]:
    """Return every value of every label of a metric."""
    labels: dict[str, set[str]] = {}
    for sample in family.samples:
        for name, value in sample.labels.items():
            labels.setdefault(name, set()).add(value)
    return labels


def _values(found: list[Metric]) -> Iterator[str]:
    yield "## What the labels can be"
    yield ""
    yield "| metric | label | values |"
    yield "|---|---|---|"
    for family in found:
        for name, values in labels_of(family).items():
            if name != "le":
                told = NAMES.get(name) or ", ".join(
                    f"`{each}`" if each else "none" for each in sorted(values)
                )
                yield f"| `{_called(family)}` | `{name}` | {told} |"
    yield ""


if __name__ == "__main__":
    print(page(), end="")
