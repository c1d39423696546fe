"""Put a version live: ask, judge, plan, hand over, follow."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from langagent.settings import Settings
from ops.deploy.build import Builder
from ops.deploy.facts import env_values
from ops.deploy.handover import Handed, Handover
from ops.deploy.request import Request
from ops.deploy.upload import log_in
from ops.errors import ConfigurationError, HostError
from ops.hosts import registry
from ops.hosts.base import Host
from ops.nginx.place import proxy_of
from ops.plan import preflight, sequence
from ops.plan.facts import Facts, Images
from ops.plan.models import Plan, other
from ops.releases import bundle, settings
from ops.releases.models import Release, new_id

SETTING = "BACKEND_IMAGE"
_TO_BE_BUILT = Images(backend="the image built here", ops="the image built here")


@dataclass(frozen=True, slots=True)
class Deployer:
    """Deploys what was asked for.

    Attributes:
        project: the checkout whose Compose file is deployed, and whose image is built.
    """

    request: Request
    handover: Handover
    project: Path

    @property
    def host(self) -> Host:
        return self.handover.host

    def deploy(self) -> Handed:
        """Put the version live, after whatever was left unfinished.

        Raises:
            PreflightError, LockedError, ConfigurationError, BackupError: refused, nothing was changed.
            RolledBackError: it failed and was taken back.
            StuckError: it failed and could not be taken back.
            HostError: the connection was lost; what was handed over goes on.
        """
        facts = self.handover.facts()
        for left in self.handover.finish_unfinished(facts):
            if left.release.kind == "deploy" and left.release.tag == self.request.version.tag:
                return self.handover.check(left, facts)
            facts = self.handover.facts()
        self._judge(facts, 0)
        with self._registry() as config:
            release, plan = self._plan(facts, self._images(facts, config))
            files = self._files(release, plan, facts)
            handed = self.handover.hand_over(release, plan, files, facts, config)
        return self.handover.check(handed, facts)

    def dry_run(self) -> tuple[list[preflight.Verdict], Plan]:
        """Return what was found and what would be done; nothing is changed.

        Raises:
            PreflightError: the server is not ready, or the image is not to be had.
        """
        facts = self.handover.look()
        self._judge(facts, 0)
        with self._registry() as config:
            images = _TO_BE_BUILT if self.request.build else self._images(facts, config)
            _, plan = self._plan(facts, images)
        return preflight.judge(facts, sum(plan.layers.values()), self.request.host_option), plan

    def _plan(self, facts: Facts, images: Images) -> tuple[Release, Plan]:
        self._judge(facts, sum(images.layers.values()))
        current, tag = facts.ledger.current, self.request.version.tag
        release_id = new_id(tag, facts.now)
        release = Release(
            id=release_id,
            tag=tag,
            kind="deploy",
            origin=release_id,
            backend=images.backend,
            ops=images.ops,
            who=self.request.who,
            command=self.request.command,
            created=facts.now.isoformat(),
        )
        return release, Plan(
            release=release_id,
            kind="deploy",
            root=self.request.root,
            backend=images.backend,
            ops=images.ops,
            steps=sequence.deploy(first=current is None, backup=self.request.backup),
            colour=other(facts.live),
            live=facts.live,
            previous=current.release.id if current else "",
            layers=images.layers,
            needs_schema=facts.ledger.schema_of(current) if current else 0,
            patience=self.request.patience,
        )

    def _judge(self, facts: Facts, image_bytes: int) -> None:
        preflight.refuse(preflight.judge(facts, image_bytes, self.request.host_option))

    def _images(self, facts: Facts, config: str) -> Images:
        if self.request.build:
            builder = Builder(self.project, self.host, self.handover.timer, self.handover.tell)
            return builder.build_and_send(self.request.version.tag)
        version, image = self.request.version, self._image()
        names = (version.reference(image), version.reference(image, "-ops"))
        backend, ops = (registry.find(self.host, config, name, facts.architecture) for name in names)
        return Images(backend=backend.pinned, ops=ops.pinned, manifests=(backend, ops))

    def _image(self) -> str:
        image = self.request.image or env_values(self.host, self.handover.layout).get(SETTING, "")
        if not image:
            raise ConfigurationError(
                f"No image is named: {SETTING} is not in the server's .env.",
                state="Nothing was changed.",
                next_command="langagent deploy TAG --image ghcr.io/OWNER/NAME",
            )
        return image

    def _files(self, release: Release, plan: Plan, facts: Facts) -> dict[str, bytes]:
        serving = facts.containers.get(f"backend-{facts.live}")
        images = bundle.images(plan, serving.image if serving else "")
        values = env_values(self.host, self.handover.layout)
        proxy = proxy_of(Settings.of_group("server", values))
        own = bundle.bundle(self.project, proxy, settings.read(self.project / bundle.SETTINGS_FILE))
        return {**own, **bundle.documents(release, plan, images)}

    @contextmanager
    def _registry(self) -> Iterator[str]:
        """Have a folder on the server with the registry's token; it goes with the release, or away."""
        config = self.host.run(["mktemp", "-d"]).stdout.strip()
        try:
            if self.request.login and not self.request.build:
                log_in(self.host, config, registry.registry_of(self._image()), self.request.login)
            yield config
        finally:
            with suppress(HostError):  # of a connection that is lost, the step that lost it tells
                self.host.run(["rm", "-rf", config], check=False)
