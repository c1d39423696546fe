"""Have a certificate for the domain; without one the server goes on with the one that it signed itself."""

from typing_extensions import override

from ops.errors import OpsError
from ops.hosts import proxy
from ops.steps.base import Evidence
from ops.steps.one_off import OneOff
from ops.steps.tools import ToolStep


class Certificate(ToolStep):
    """`langagent schedule` tries again and renews, so a failure here is a warning."""

    name = "certificate"
    soft = True

    @override
    def do(self) -> Evidence:
        run = OneOff(self.host, self.compose, "schedule", OpsError, "")
        found = run.langagent("certificate", "obtain")
        proxy.reload(self.host, self.compose)  # in time for the webhook; a renewed one is noticed by the proxy itself
        return {name: found[name] for name in ("names", "days_left") if name in found}
