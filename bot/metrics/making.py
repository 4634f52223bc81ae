"""Metrics whose series are all there from the start: a first one is seen as a change from nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

BATCHES = (1, 2, 5, 10, 20, 50, 100)
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


def counter(registry: CollectorRegistry, name: str, tells: str, **labels: Iterable[str]) -> Counter:
    """Return a counter with every combination of these values."""
    made = Counter(f"tare_{name}", tells, list(labels), registry=registry)
    for values in product(*labels.values()) if labels else ():
        made.labels(*values)
    return made


def histogram(registry: CollectorRegistry, name: str, tells: str, ends: tuple[float, ...]) -> Histogram:
    """Return a histogram with these upper ends, and one more without an end."""
    return Histogram(f"tare_{name}", tells, buckets=ends, registry=registry)


def gauge(registry: CollectorRegistry, name: str, tells: str, **labels: Iterable[str]) -> Gauge:
    """Return a gauge with every value of its labels."""
    made = Gauge(f"tare_{name}", tells, list(labels), registry=registry)
    for values in product(*labels.values()) if labels else ():
        made.labels(*values)
    return made


class Totals(Collector):
    """A counter that somebody else counts: it shows the totals that it was told last."""

    def __init__(self, name: str, tells: str, label: str, values: Iterable[str]) -> None:
        self._name, self._tells, self._label = f"tare_{name}", tells, label
        self._totals = dict.fromkeys(values, 0)

    def told(self, value: str, total: int) -> None:
        """Take over a total. A name that was not there at the start is left out."""
        if value in self._totals:
            self._totals[value] = total

    def collect(self) -> Iterator[Metric]:
        """Yield the totals."""
        family = CounterMetricFamily(self._name, self._tells, labels=[self._label])
        for value, total in self._totals.items():
            family.add_metric([value], total)
        yield family
