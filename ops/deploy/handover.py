"""Hand a release over to its server, follow it, and take up what somebody left unfinished."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ops.deploy import verdict
from ops.deploy.facts import gather
from ops.deploy.follow import Follower, Tell
from ops.deploy.launch import executor_image, launch, take_up, tidy
from ops.deploy.upload import upload
from ops.errors import ConfigurationError, LockedError
from ops.events import Event
from ops.hosts.base import Host
from ops.notify.notifier import Notifier
from ops.plan.facts import Facts
from ops.plan.models import Plan
from ops.releases.layout import Layout
from ops.releases.ledger import Entry
from ops.releases.models import Outcome, Release
from ops.releases.news import News, ended, started
from ops.timer import Timer


@dataclass(frozen=True, slots=True)
class Handed:
    """A release that its server has finished, and how."""

    release: Release
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Handover:
    """The way to one server.

    Attributes:
        notifier: the channels of who asks; the server's own are told by the executor.
    """

    host: Host
    layout: Layout
    timer: Timer
    tell: Tell
    notifier: Notifier = field(default_factory=lambda: Notifier([]))

    def facts(self) -> Facts:
        """Return the facts of a server that nobody is changing.

        Raises:
            LockedError: somebody is.
        """
        facts = self.look()
        if facts.holder:
            raise LockedError(
                f"{facts.holder}.", state="This command changed nothing.", next_command="langagent deploy --attach"
            )
        return facts

    def look(self) -> Facts:
        """Return the facts of the server, whoever is changing it."""
        return gather(self.host, self.layout, self.timer)

    def finish_unfinished(self, facts: Facts) -> list[Handed]:
        """Take up every release that nobody finished, and return them with their outcomes."""
        return [self._finish(entry, facts) for entry in facts.ledger.unfinished]

    def attach(self) -> Handed:
        """Follow the newest release that is under way.

        Raises:
            ConfigurationError: none is.
            OpsError: it did not end well; see `verdict.check`.
        """
        facts = self.look()
        if not facts.ledger.unfinished:
            raise ConfigurationError(
                "No release is under way.", state="Nothing was changed.", next_command="langagent releases"
            )
        return self.check(self._finish(facts.ledger.unfinished[-1], facts), facts)

    def hand_over(
        self, release: Release, plan: Plan, files: Mapping[str, bytes], facts: Facts, config: str = ""
    ) -> Handed:
        """Upload a release, start its executor and follow it to its outcome.

        Raises:
            HostError: it could not be handed over, and nothing was changed; or the connection was lost afterwards.
        """
        image = executor_image(self.host, facts, plan.ops)
        upload(self.host, self.layout, release.id, files, config)
        tidy(self.host, facts)
        launch(self.host, plan, image)
        self.tell(Event("handed_over", f"{release.id} is in the server's hands.", {"release": release.id}))
        self._announce(started(release))
        return self._follow(release, plan, image)

    def check(self, handed: Handed, facts: Facts) -> Handed:
        """Return it if it is good, else raise what `verdict.check` raises."""
        current = facts.ledger.current
        verdict.check(handed.release, handed.outcome, current.release.id if current else "")
        return handed

    def _finish(self, entry: Entry, facts: Facts) -> Handed:
        release = entry.release
        plan = Plan.decode(self.host.read(self.layout.release(release.id).plan).decode())
        image = executor_image(self.host, facts, plan.ops)
        if not facts.holder:
            self.tell(Event("taken_up", f"{release.id} of {release.who} was left unfinished; taking it up."))
            take_up(self.host, plan, image)
        return self._follow(release, plan, image)

    def _follow(self, release: Release, plan: Plan, image: str) -> Handed:
        outcome = Follower(self.host, plan, image, self.timer, self.tell).follow()
        self._announce(ended(release, outcome, plan.previous))
        return Handed(release, outcome)

    def _announce(self, news: News) -> None:
        """Tell the CI's chat; a channel that fails is a warning."""
        for delivery in self.notifier.send(news.title, news.body, news.level):
            if delivery.problem:
                self.tell(Event("warning", f"The news did not get out: {delivery.problem}"))
