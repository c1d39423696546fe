"""Prometheus metrics of the operations' own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, nan
from typing import Final

from prometheus_client import Counter, Gauge, start_http_server

from ops.errors import PreflightError
from ops.health.ages import Ages

BACKUP_AGE: Final = Gauge("backup_age_seconds", "Age of the newest good backup; +Inf when there is none", ["store"])
BACKUP_SIZE: Final = Gauge("backup_stored_bytes", "Size of the newest good backup as it is stored", ["store"])
BACKUP_SECONDS: Final = Gauge("backup_duration_seconds", "Time that the newest good backup took", ["store"])
DRILL_AGE: Final = Gauge("drill_age_seconds", "Age of the last drill; +Inf when there was none")
DRILL_SECONDS: Final = Gauge("drill_recovery_seconds", "Time that the last drill took to restore a backup")
DRILL_OK: Final = Gauge("drill_ok", "1 when the backup of the last drill restored, else 0")
CERTIFICATE_DAYS: Final = Gauge("certificate_days_left", "Days that the certificate in use lasts; NaN without one")
CERTIFICATE_DAYS.set(nan)
TASKS: Final = Counter("schedule_tasks_total", "Tasks ended", ["task", "outcome"])
OPEN_ALERTS: Final = Gauge("schedule_open_alerts", "Troubles that last")
LEADS: Final = Gauge("schedule_leads", "1 when this process is the one that does the work, else 0")


def measure(ages: Ages) -> None:
    """Show how old the newest backups and the last drill are."""
    for age in ages.backups:
        made = age.manifest
        BACKUP_AGE.labels(age.store).set((ages.now - made.at).total_seconds() if made else inf)
        BACKUP_SIZE.labels(age.store).set(made.stored_bytes if made else nan)
        BACKUP_SECONDS.labels(age.store).set(made.duration_seconds if made else nan)
    last = ages.drill.drill
    DRILL_AGE.set((ages.now - last.at).total_seconds() if last else inf)
    DRILL_SECONDS.set(last.seconds if last else nan)
    DRILL_OK.set(0 if ages.drill.failed or not last else 1)


@contextmanager
def served(port: int) -> Iterator[None]:
    """Serve /metrics as long as the context lasts; port 0 serves nothing.

    Raises:
        PreflightError: the port cannot be used.
    """
    if not port:
        yield
        return
    try:
        server, _ = start_http_server(port)
    except OSError as error:
        raise PreflightError(
            f"Port {port} for the metrics cannot be used: {error.strerror}.",
            state="Nothing was started.",
            next_command="set SCHEDULE_METRICS_PORT to a free port, or to 0 for none",
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
