"""Change the processes over that serve nobody directly."""

from typing_extensions import override

from ops.errors import OpsError
from ops.hosts import docker
from ops.steps import gates
from ops.steps.base import Evidence
from ops.steps.gates import CrashedError
from ops.steps.tools import ToolStep

SERVICES = ("worker", "schedule")
SECONDS = 180.0
PASSES = 2


class Background(ToolStep):
    """Worker and schedule; what a worker has in hand it finishes or gives back."""

    name = "background"

    @override
    def do(self) -> Evidence:
        self.host.run(self.compose.up(*SERVICES), timeout=SECONDS)
        return {service: self._settled(service) for service in SERVICES}

    @override
    def undo(self) -> None:
        before = self.tools.before
        argv = before.up(*SERVICES) if before else self.compose.remove(*SERVICES)
        self.host.run(argv, timeout=SECONDS)
        if before is None and self.plan.live:
            raise OpsError(
                "what was started by hand has no bundle: `docker compose up -d worker schedule` in its folder"
            )

    def _settled(self, service: str) -> str:
        before = docker.container(self.host, service).restarts
        problem, _ = gates.wait(self.tools, lambda: self._complaint(service, before), PASSES)
        if problem:
            raise gates.failed(self.tools, "background", service, problem)
        return docker.container(self.host, service).fate

    def _complaint(self, service: str, restarts: int) -> str:
        container = docker.container(self.host, service)
        if container.restarts > restarts or not container.is_running:
            raise CrashedError("it crashed")
        return "" if container.health in ("", "healthy") else f"it is {container.health}"
