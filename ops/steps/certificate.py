"""Have a certificate for the domain; without one the server goes on with the one that it signed itself."""

from typing_extensions import override

from ops.errors import OpsError
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep

SECONDS = 360.0


class Certificate(ToolStep):
    """`langagent schedule` tries again and renews, so a failure here is a warning."""

    name = "certificate"
    soft = True

    @override
    def do(self) -> Evidence:
        done = self.host.run(self.compose.run("certbot", "obtain"), timeout=SECONDS, check=False)
        if done.code:
            raise OpsError(done.stderr.strip())
        return {"certificate": done.stdout.strip()}
