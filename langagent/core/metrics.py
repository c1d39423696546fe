"""Prometheus metrics of the core; a room declares its own beside its rules."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram, Info

HTTP_REQUESTS: Final = Counter("http_requests_total", "Requests answered", ["handler", "method", "status"])
HTTP_SECONDS: Final = Histogram(
    "http_request_duration_seconds",
    "Time to the last byte of an answer",
    ["handler"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REDIS_ERRORS: Final = Counter("redis_errors_total", "Calls that Redis did not answer")
LIMIT_HITS: Final = Counter("limit_hits_total", "Requests refused by a limit", ["kind", "plan"])
JOBS: Final = Counter("jobs_total", "Background jobs ended", ["kind", "status"])
JOB_LAST_SUCCESS: Final = Gauge("job_last_success_timestamp", "When a job of this kind last succeeded", ["job"])
MIGRATION_VERSION: Final = Gauge("migration_version", "Schema version that the database has")
BUILD: Final = Info("build", "Version that runs")
