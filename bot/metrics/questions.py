"""What becomes of each question, counted for whoever words it, and withheld until it tells of nobody alone.

A figure stays at nothing until five different people stand behind it; then all of it is told at once. Who
they are is kept in memory until then, by the random number of their row, and forgotten with the process.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.authors import Passage
from bot.metrics.names import QUESTIONS, WHATS

PEOPLE = 5
"""How many different people stand behind a figure before it is told."""

SECONDS = (5, 15, 60, 300, 3600, 86_400, 604_800)

TOLD = "Questions of the flows, by what became of them: 0 until five people stand behind it."
TOOK = "How long a question was open before it was answered: there once five people have."


@dataclass
class _Figure:
    """`people` are those counted so far, None once they were enough."""

    count: int = 0
    seconds: int = 0
    buckets: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    people: set[int] | None = field(default_factory=set)

    def add(self, passage: Passage) -> None:
        self.count += 1
        if passage.seconds is not None:
            self.seconds += passage.seconds
            self.buckets[bisect_left(SECONDS, passage.seconds)] += 1
        if self.people is not None:
            self.people.add(passage.who)
            self.people = None if len(self.people) >= PEOPLE else self.people

    @property
    def told(self) -> bool:
        return self.people is None


class Questions(Collector):
    """Figures by flow, question and what became of it. Names that are not in `questions` are not counted."""

    def __init__(self, questions: Mapping[str, Collection[str]] = QUESTIONS) -> None:
        self._figures = {
            (flow, question, what): _Figure()
            for flow, names in questions.items()
            for question in names
            for what in WHATS
        }

    def count(self, passages: Iterable[Passage]) -> None:
        """Count what is committed."""
        for passage in passages:
            figure = self._figures.get((passage.flow, passage.question, passage.what))
            if figure is not None:
                figure.add(passage)

    def collect(self) -> Iterator[Metric]:
        """Yield what may be told."""
        counts = CounterMetricFamily("tare_questions", TOLD, labels=["flow", "question", "what"])
        times = HistogramMetricFamily("tare_answer_seconds", TOOK, labels=["flow", "question"])
        for (flow, question, what), figure in self._figures.items():
            counts.add_metric([flow, question, what], figure.count if figure.told else 0)
            if what == "answered" and figure.told:
                times.add_metric([flow, question], _cumulative(figure.buckets), figure.seconds)
        yield counts
        yield times


def _cumulative(buckets: list[int]) -> list[tuple[str, float]]:
    """Return buckets as Prometheus has them: each holds all that were as fast or faster."""
    ends = [*(str(float(seconds)) for seconds in SECONDS), "+Inf"]
    return [(end, float(sum(buckets[: place + 1]))) for place, end in enumerate(ends)]
