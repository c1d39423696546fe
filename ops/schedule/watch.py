"""What is looked at between the tasks: troubles that nobody would hear of because nothing happens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from langagent.settings import Secret
from ops.certificates.age import check
from ops.certificates.folder import Folder
from ops.health.ages import Ages
from ops.notify.alerts import Alerts
from ops.notify.heartbeat import beat
from ops.schedule import metrics

DATABASE_PATIENCE: Final = timedelta(minutes=2)
AGE_PATIENCE: Final = timedelta(hours=1)  # what was missed is made up for first
HEARTBEAT_PATIENCE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks, measures, and reports to the alerts.

    Attributes:
        ages: reads how old the backups and the drill are.
        drills_here: whether a drill that fails is told of already, by the task.
        certificates: where the proxy's certificate is; None when there is none to look after.
        renew_days: one that lasts less is renewed.
        dead_letters: says what the product gave up; nothing when it is empty.
    """

    ages: Callable[[datetime], Ages]
    drills_here: bool = True
    heartbeat_url: Secret = Secret("")
    certificates: Folder | None = None
    renew_days: int = 30
    dead_letters: Callable[[], str] = str

    def look_at_ages(self, alerts: Alerts, now: datetime) -> None:
        """Report every backup and drill past its budget."""
        ages = self.ages(now)
        metrics.measure(ages)
        for age in ages.backups:
            alerts.report(f"Age of the backup ({age.store})", age.problem, now, AGE_PATIENCE)
        drill = ages.drill
        alerts.report("Age of the drill", drill.late if self.drills_here else drill.problem, now, AGE_PATIENCE)

    def look_at_certificate(self, alerts: Alerts, now: datetime) -> None:
        """Report a certificate that was not renewed."""
        if self.certificates:
            used = self.certificates.in_use()
            metrics.CERTIFICATE_DAYS.set(used.days_left(now) if used else 0)
            alerts.report("Certificate in use", check(used, self.renew_days, now), now, AGE_PATIENCE)

    def look_at_database(self, alerts: Alerts, now: datetime, problem: str) -> None:
        """Report a database that does not answer."""
        words = f"It does not answer, so that nothing can be backed up: {problem}" if problem else ""
        alerts.report("Database", words, now, DATABASE_PATIENCE)

    def look_at_dead_letters(self, alerts: Alerts, now: datetime) -> None:
        """Report work that was given up after all tries."""
        alerts.report("Work that was given up", self.dead_letters(), now)

    def give_sign_of_life(self, alerts: Alerts, now: datetime) -> None:
        """Tell who watches from elsewhere that this process lives."""
        if self.heartbeat_url:
            alerts.report("Heartbeat", beat(self.heartbeat_url), now, HEARTBEAT_PATIENCE)
