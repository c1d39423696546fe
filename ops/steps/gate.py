"""The gate in front of the switch: the new backend itself says that it is ready."""

from typing_extensions import override

from ops.hosts import images
from ops.steps import gates
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep


class Gate(ToolStep):
    """Database, Redis, schema and release are as they must be."""

    name = "gate"

    @override
    def do(self) -> Evidence:
        revision = images.release_of(self.host, self.plan.backend)
        service = self.tools.backend
        ask = lambda: gates.backend_complaint(self.tools, service, revision)  # noqa: E731
        return {"revision": revision, **gates.hold(self.tools, "ready", service, ask)}
