"""The gate behind the switch: the same through the proxy."""

from typing_extensions import override

from ops.hosts import images
from ops.steps import gates
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep


class GateProxy(ToolStep):
    """Whoever comes through the proxy reaches this release."""

    name = "gate_proxy"

    @override
    def do(self) -> Evidence:
        revision = images.release_of(self.host, self.plan.backend)
        return gates.hold(self.tools, "proxy", self.tools.backend, lambda: gates.proxy_complaint(self.tools, revision))
