"""Point the proxy at the new backend."""

from typing_extensions import override

from ops.errors import HostError
from ops.hosts import proxy
from ops.steps import gates
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep


class Switch(ToolStep):
    """From the reload on, new requests reach the new backend; the old one still runs for those under way.

    A proxy that refuses to reload goes on with what it has in memory: if that is the old release, it is taken back.
    """

    name = "switch"

    @override
    def do(self) -> Evidence:
        proxy.point(self.host, self.compose, self.plan.colour)
        return {"from": self.plan.live, "to": self.plan.colour}

    @override
    def undo(self) -> None:
        if not self.plan.live:
            return
        try:
            proxy.point(self.host, self.tools.before or self.compose, self.plan.live)
        except HostError:
            gates.hold_old(self.tools)
