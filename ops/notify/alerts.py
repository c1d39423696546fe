"""Which troubles are known: each is told once, again every day that it lasts, and when it is over."""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from ops.durations import spoken
from ops.environment.dotenv import write_private
from ops.notify.channels import Level
from ops.notify.notifier import Notifier

REMIND_AFTER: Final = timedelta(hours=24)
AT_ONCE: Final = timedelta(0)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Alert:
    """A trouble that lasts. `told` is None until a channel has taken the news of it."""

    since: datetime
    told: datetime | None = None

    def is_to_be_told(self, now: datetime, patience: timedelta) -> bool:
        """Say whether somebody has to hear of it now: the first time after `patience`, later once a day."""
        return now - self.told >= REMIND_AFTER if self.told else now - self.since >= patience


class Alerts:
    """The open alerts, kept in a file so that a new process does not tell them again."""

    def __init__(self, file: Path, notifier: Notifier) -> None:
        self._file = file
        self._notifier = notifier
        self._open = _load(file)

    def __len__(self) -> int:
        return len(self._open)

    def report(self, subject: str, problem: str, now: datetime, patience: timedelta = AT_ONCE) -> None:
        """Hear how a subject is, as often as one likes; an empty problem means well.

        Args:
            subject: What it is about, such as `Backup`; one alert at most is open for each.
            patience: How long a trouble has to last before it is told; one that ends sooner is never mentioned.
        """
        known = self._open.get(subject)
        if problem:
            self._tell_of(subject, problem, known or Alert(now), now, patience)
        elif known:
            self._close(subject, known, now)

    def _tell_of(self, subject: str, problem: str, alert: Alert, now: datetime, patience: timedelta) -> None:
        if alert.is_to_be_told(now, patience):
            lasts = f" (for {spoken(now - alert.since)})" if alert.told else ""
            if self._is_said(f"{subject} needs attention{lasts}", problem, Level.BAD):
                alert = replace(alert, told=now)
        self._keep({**self._open, subject: alert})

    def _close(self, subject: str, alert: Alert, now: datetime) -> None:
        if alert.told:
            self._is_said(f"{subject} is well again, after {spoken(now - alert.since)}", "", Level.GOOD)
        self._keep({name: known for name, known in self._open.items() if name != subject})

    def _is_said(self, title: str, body: str, level: Level) -> bool:
        """Tell it and say whether anybody was reached; without a single channel, the log is all there is."""
        logger.log(logging.INFO if level is Level.GOOD else logging.ERROR, "%s: %s", title, body)
        deliveries = self._notifier.send(title, body or "Nothing is to be done.", level)
        for delivery in deliveries:
            if delivery.problem:
                logger.warning("alert not delivered: %s", delivery.problem)
        return not deliveries or any(not delivery.problem for delivery in deliveries)

    def _keep(self, alerts: dict[str, Alert]) -> None:
        if alerts == self._open:
            return
        self._open = alerts
        try:
            write_private(self._file, json.dumps({name: asdict(alert) for name, alert in alerts.items()}, default=str))
        except OSError as error:
            logger.warning("%s cannot be written (%s): a new process would tell its alerts again", self._file, error)


def _load(file: Path) -> dict[str, Alert]:
    try:
        return {name: _alert(fields) for name, fields in json.loads(file.read_text()).items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _alert(fields: Mapping[str, Any]) -> Alert:
    told = fields["told"]
    return Alert(datetime.fromisoformat(fields["since"]), datetime.fromisoformat(told) if told else None)
