"""Which troubles are known: each is told once, again every day that it lasts, and when it is over."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from ops.durations import spoken
from ops.events import Event
from ops.notebook import Notebook
from ops.notify.channels import Level
from ops.notify.notifier import Notifier

REMIND_AFTER: Final = timedelta(hours=24)
AT_ONCE: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Alert:
    """A trouble that lasts. `told` is None until a channel has taken the news of it."""

    since: datetime
    told: datetime | None = None

    def is_to_be_told(self, now: datetime, patience: timedelta) -> bool:
        """Say whether somebody has to hear of it now: the first time after `patience`, later once a day."""
        return now - self.told >= REMIND_AFTER if self.told else now - self.since >= patience


class Alerts:
    """The open alerts, noted so that a new process does not tell them again. What is told, `tell` hears, too."""

    def __init__(self, notebook: Notebook, notifier: Notifier, tell: Callable[[Event], None]) -> None:
        self._notebook = notebook
        self._notifier = notifier
        self._tell = tell
        self._open = _known(notebook.read())

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
        """Tell it and say whether anybody was reached; without a single channel, nobody can be."""
        self._tell(Event("alert", f"{title}: {body}" if body else title, {"level": level.value}))
        deliveries = self._notifier.send(title, body or "Nothing is to be done.", level)
        problems = [delivery.problem for delivery in deliveries if delivery.problem]
        for problem in problems:
            self._tell(Event("warning", f"An alert was not delivered: {problem}"))
        return not deliveries or len(problems) < len(deliveries)

    def _keep(self, alerts: dict[str, Alert]) -> None:
        if alerts != self._open:
            self._open = alerts
            self._notebook.write({subject: asdict(alert) for subject, alert in alerts.items()})


def _known(notes: Mapping[str, Any]) -> dict[str, Alert]:
    try:
        return {subject: _alert(fields) for subject, fields in notes.items()}
    except (ValueError, KeyError, TypeError):
        return {}


def _alert(fields: Mapping[str, Any]) -> Alert:
    told = fields["told"]
    return Alert(datetime.fromisoformat(fields["since"]), datetime.fromisoformat(told) if told else None)
