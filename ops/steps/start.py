"""Start the backend that does not serve yet."""

from typing_extensions import override

from ops.steps.base import Evidence
from ops.steps.tools import ToolStep

SECONDS = 120.0


class Start(ToolStep):
    """One that was stopped after an earlier release and is still the same is only started."""

    name = "start"

    @override
    def do(self) -> Evidence:
        self.host.run(self.compose.up(self.tools.backend), timeout=SECONDS)
        return {"service": self.tools.backend, "image": self.plan.backend}

    @override
    def undo(self) -> None:
        self.host.run(self.compose.remove(self.tools.backend), timeout=SECONDS)
