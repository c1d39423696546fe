"""Let nobody write: a page that says so, and no process of ours that does."""

from typing_extensions import override

from ops.hosts import proxy
from ops.steps import gates
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep

SECONDS = 180.0


class Hold(ToolStep):
    """Before the database is replaced, so that nothing is written into the one that goes."""

    name = "hold"

    @override
    def do(self) -> Evidence:
        proxy.close(self.host, self.tools.layout)
        self.host.run(self.compose.stop(*self._writers()), timeout=SECONDS)
        return {"stopped": list(self._writers())}

    @override
    def undo(self) -> None:
        """Start them again; the page goes away when the backend is ready, or has had the time for it."""
        try:
            if self.tools.before:
                self.host.run(self.tools.before.up(*self._writers(), recreate=False), timeout=SECONDS)
            if self.tools.old_backend:
                gates.hold_old_backend(self.tools)
        finally:
            proxy.open(self.host, self.tools.layout)

    def _writers(self) -> tuple[str, ...]:
        return (*((self.tools.old_backend,) if self.tools.old_backend else ()), "worker", "schedule")
