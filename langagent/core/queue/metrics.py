"""Metrics of the queues."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

ROWS: Final = Counter("queue_rows_total", "Claims that ended", ["queue", "outcome"])
SECONDS: Final = Histogram(
    "queue_handler_seconds",
    "Time that a row was in hand",
    ["queue"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 90),
)
PENDING: Final = Gauge("queue_pending", "Rows that are due and not done", ["queue"])
LAG: Final = Gauge("queue_lag_seconds", "Age of the oldest row that is due and not done", ["queue"])
