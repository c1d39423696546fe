"""Stop the old backend: it finishes what it has begun, and its container is kept for a rollback."""

from typing_extensions import override

from ops.hosts import docker
from ops.steps import gates
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep

SECONDS = 180.0


class Retire(ToolStep):
    """SIGTERM, and the grace period of the service."""

    name = "retire"

    @override
    def do(self) -> Evidence:
        service = self.tools.old_backend
        if not service:
            return {}
        self.host.run(self.compose.stop(service), timeout=SECONDS)
        return {"service": service, "exit_code": docker.container(self.host, service).exit_code}

    @override
    def undo(self) -> None:
        service, before = self.tools.old_backend, self.tools.before or self.compose
        if not service:
            return
        self.host.run(before.up(service, recreate=False), timeout=SECONDS)
        gates.hold_old_backend(self.tools)
