"""The operations' own process: starts what is due, one command at a time, and tells of what goes wrong."""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from schedule import Scheduler as Ticker

from ops.events import Event
from ops.notebook import Notebook
from ops.notify.alerts import Alerts
from ops.notify.notifier import Notifier
from ops.schedule import metrics
from ops.schedule.job import Job, Outcome
from ops.schedule.leader import Leader
from ops.schedule.plan import is_due
from ops.schedule.records import Ledger
from ops.schedule.tasks import Task
from ops.schedule.watch import Watch

WORK_EVERY: Final = 1
LOOK_AT_DATABASE_EVERY: Final = 60
GIVE_SIGN_OF_LIFE_EVERY: Final = 300
LOOK_AT_AGES_EVERY: Final = 900
LONGEST: Final = timedelta(hours=20)
_QUIET: Final = {"LANGAGENT_QUIET": "1", "LANGAGENT_NO_INPUT": "1", "LANGAGENT_JSON": "0"}


class Scheduler:
    """Runs the tasks while this process leads; of several, the others stand by.

    Args:
        program: The command that the arguments of a task are given to.
        environment: Variables of the commands, beside those of this process.
        folder: Where it is noted what was done and told.
        tell: Hears what happens.
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        program: Sequence[str],
        environment: Mapping[str, str],
        *,
        leader: Leader,
        watch: Watch,
        notifier: Notifier,
        folder: Path,
        tell: Callable[[Event], None],
        clock: Callable[[], datetime],
    ) -> None:
        self.job: Job | None = None
        self._tasks = {task.name: task for task in tasks}
        self._program = program
        self._environment = {**_QUIET, **environment}
        self._leader = leader
        self._watch = watch
        self._notifier = notifier
        self._folder = folder
        self._tell = tell
        self._clock = clock
        self._leads = False
        self._remember()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a command in hand is interrupted then, and begun anew by the next process."""
        ticker = Ticker()
        ticker.every(WORK_EVERY).seconds.do(self._guarded, self.work)
        ticker.every(LOOK_AT_DATABASE_EVERY).seconds.do(self._guarded, self.look_at_database)
        ticker.every(LOOK_AT_DATABASE_EVERY).seconds.do(self._guarded, self.look_at_dead_letters)
        ticker.every(LOOK_AT_AGES_EVERY).seconds.do(self._guarded, self.look_at_ages)
        ticker.every(GIVE_SIGN_OF_LIFE_EVERY).seconds.do(self._guarded, self.give_sign_of_life)
        with _stopped_by_signals():
            try:
                ticker.run_all()
                while True:
                    time.sleep(max(0.0, ticker.idle_seconds or 0.0))
                    ticker.run_pending()
            finally:
                self.close()

    def work(self) -> None:
        """Take one step: note what has ended, and begin what is due if this process leads."""
        self._lead()
        if self.job:
            self._look_after(self.job)
        if self._leads and self.job is None:
            self._begin_next()
        metrics.OPEN_ALERTS.set(len(self._alerts))

    def look_at_ages(self) -> None:
        """Look whether backups, drills or renewals have fallen silent."""
        if self._leads:
            self._watch.look_at_ages(self._alerts, self._clock())
            self._watch.look_at_certificate(self._alerts, self._clock())

    def look_at_database(self) -> None:
        """Look whether the database answers."""
        if self._leads:
            self._watch.look_at_database(self._alerts, self._clock(), self._leader.problem)

    def look_at_dead_letters(self) -> None:
        """Look whether the product gave something up."""
        if self._leads:
            self._watch.look_at_dead_letters(self._alerts, self._clock())

    def give_sign_of_life(self) -> None:
        """Let somebody elsewhere know that this process lives."""
        if self._leads:
            self._watch.give_sign_of_life(self._alerts, self._clock())

    def close(self) -> None:
        """Interrupt the command in hand, and let another process lead."""
        if self.job:
            self._tell(Event("stopping", f"Interrupting {self.job.name}; the next process begins it anew."))
            self.job.stop()
            self.job = None
        self._leader.close()

    def _lead(self) -> None:
        leads = self._leader.leads()
        if leads and not self._leads:
            self._remember()
            self._tell(Event("leading", f"This process does the work: {', '.join(self._tasks)}"))
        self._leads = leads
        metrics.LEADS.set(leads)

    def _remember(self) -> None:
        """Read what was done and told before, by whichever process."""
        self._ledger = Ledger(Notebook(self._folder / "tasks.json", self._tell))
        self._alerts = Alerts(Notebook(self._folder / "alerts.json", self._tell), self._notifier, self._tell)

    def _begin_next(self) -> None:
        now = self._clock()
        if task := self._next_due(now):
            self._tell(Event("begun", f"{task.subject} begins", {"task": task.name, "at": now.isoformat()}))
            arguments = task.arguments_at(now, self._ledger.records)
            self.job = Job(task.name, [*self._program, *arguments], self._environment, now)

    def _next_due(self, now: datetime) -> Task | None:
        for task in self._tasks.values():
            waits = task.needs_database and self._leader.problem
            if not waits and is_due(task.rule, task.name, now, self._ledger.records):
                return task
        return None

    def _look_after(self, job: Job) -> None:
        outcome = job.outcome()
        if outcome is None and self._clock() - job.began > LONGEST:
            job.stop()
            outcome = Outcome(1, f"It was interrupted after {LONGEST.total_seconds() / 3600:.0f} h.")
        if outcome:
            self.job = None
            self._note(self._tasks[job.name], job.began, outcome)

    def _note(self, task: Task, began: datetime, outcome: Outcome) -> None:
        now = self._clock()
        metrics.TASKS.labels(task.name, outcome.word).inc()
        if outcome.succeeded:
            self._ledger.succeeded(task.name, began, now)
            self._alerts.report(task.subject, "", now)
            self.look_at_ages()
        else:
            self._ledger.failed(task.name, now, outcome.words)
            if not outcome.is_to_wait:
                self._alerts.report(task.subject, outcome.words or f"It ended with exit code {outcome.code}.", now)
        self._tell(Event("ended", f"{task.subject} {outcome.word}: {outcome.words}", {"task": task.name}))

    def _guarded(self, action: Callable[[], None]) -> None:
        """Let no surprise end the process: it is an alert like any other."""
        problem = ""
        try:
            action()
        except Exception as error:
            problem = f"{action.__name__} failed unexpectedly: {type(error).__name__}: {error}"
            self._tell(Event("warning", problem))
        if problem or self._leads:
            self._alerts.report(f"Schedule ({action.__name__})", problem, self._clock())


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """End the process by SystemExit wherever it is: what it does then is whole or not there."""
    before = {number: signal.signal(number, lambda *_: sys.exit(0)) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
