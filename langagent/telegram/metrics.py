"""Metrics of the bot (PRODUCT 14.9)."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

UPDATES: Final = Counter("bot_updates_total", "Updates handled", ["type", "result"])
SECONDS: Final = Histogram(
    "bot_update_duration_seconds",
    "Time to handle an update",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 90),
)
DEAD_LETTERS: Final = Counter("bot_dead_letters_total", "Updates given up after all tries")
QUEUE_LAG: Final = Gauge("bot_queue_lag_seconds", "Age of the oldest update that is due and not handled")
PENDING: Final = Gauge("bot_pending_updates", "Updates that are due and not handled")
OUTBOX_LAG: Final = Gauge("outbox_lag_seconds", "Age of the oldest message that is due and not sent")
OUTBOX_PENDING: Final = Gauge("outbox_pending", "Messages that are due and not sent")
SENT: Final = Counter("bot_messages_total", "Messages closed by the sender", ["method", "outcome"])
