"""What is measured: counts and durations. Every label comes from a closed list, so nothing says who it was.

Each process counts for itself and begins at nothing; whoever collects them adds them up.
"""

from bot.metrics.counting import CONTENT_TYPE, Metrics
from bot.metrics.lookout import Lookout
from bot.metrics.measured import Measured, now
from bot.metrics.names import FATES, REASONS, SETTLED, SORTS, STATUSES, VOCABULARY
from bot.metrics.standing import Standing

__all__ = [
    "CONTENT_TYPE",
    "FATES",
    "REASONS",
    "SETTLED",
    "SORTS",
    "STATUSES",
    "VOCABULARY",
    "Lookout",
    "Measured",
    "Metrics",
    "Standing",
    "now",
]
