"""The life of an executor: take the lock, run the steps, leave the outcome, tell people, never come back."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.environment import dotenv
from ops.environment.domain import domain_of
from ops.errors import OpsError
from ops.executor.engine import Engine, described
from ops.executor.journal import Journal, State
from ops.executor.lock import Holder, held
from ops.health.probe import probe
from ops.hosts import docker, executors
from ops.hosts.base import Host
from ops.notify.notifier import find_notifier
from ops.plan.models import Plan
from ops.releases.layout import Layout
from ops.releases.models import Outcome, Release, Result
from ops.releases.news import News, ended, started
from ops.steps import gates, registry
from ops.steps.tools import Tools
from ops.timer import Timer


@dataclass(frozen=True, slots=True)
class Process:
    """The executor of one release folder."""

    folder: Path
    host: Host
    timer: Timer

    def run(self) -> None:
        """Carry the release out, unless that has been done; then have the engine start this container no more."""
        if not self._outcome.exists():
            self._carry_out(Release.decode((self.folder / "release.json").read_text()))
        name = executors.name(self.folder.name)
        self.host.run(["docker", "update", "--restart", "no", name], check=False)

    @property
    def _outcome(self) -> Path:
        return self.folder / "outcome.json"

    @property
    def _env_file(self) -> Path:
        return Path(self._layout.env_file)

    @property
    def _layout(self) -> Layout:
        return Layout(str(self.folder.parent.parent))

    def _carry_out(self, release: Release) -> None:
        journal = Journal(self.folder / "journal.jsonl", self.timer.now)
        holder = Holder(release.who, release.id, self.timer.now().isoformat(timespec="seconds"), release.command)
        try:
            with held(Path(self._layout.lock), holder, self.timer):
                plan = Plan.decode((self.folder / "plan.json").read_text())
                if not journal.past().lines:
                    self._tell(started(release))
                outcome = self._execute(plan, journal)
                self._leave(outcome, journal)
        except Exception as error:
            plan, outcome = None, self._broken(error, journal)
            self._leave(outcome, journal)
        self._tell(ended(release, outcome, plan.previous if plan else ""))

    def _execute(self, plan: Plan, journal: Journal) -> Outcome:
        tools = Tools(
            plan=plan,
            host=self.host,
            timer=self.timer,
            probe=probe,
            tell=lambda step, evidence: journal.note(step, State.PROGRESS, evidence=evidence),
            domain=domain_of(dotenv.read(self._env_file)),
        )
        return Engine(
            registry.steps(tools),
            journal,
            self.timer,
            serves=lambda: gates.hold_old(tools),
            was_away=lambda: docker.was_away(self.host, self.timer),
        ).run()

    def _broken(self, error: Exception, journal: Journal) -> Outcome:
        """The outcome of a mistake in the executor itself: what it had begun is left as it is."""
        told: dict[str, Any] = described(error)
        result = Result.STUCK if journal.past().lines else Result.REFUSED
        return Outcome(result=result, finished=self.timer.now().isoformat(), seconds=0.0, **told)

    def _leave(self, outcome: Outcome, journal: Journal) -> None:
        self.host.run(["rm", "-rf", f"{self.folder}/registry"])
        journal.note("", State.FINISHED, evidence={"result": outcome.result})
        self.host.write(str(self._outcome), outcome.encode())

    def _tell(self, news: News) -> None:
        """A channel that fails changes nothing."""
        try:
            find_notifier(self._env_file, {}).send(news.title, news.body, news.level)
        except OpsError:
            return
