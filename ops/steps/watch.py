"""Watch the release for a while: the old backend still runs, so going back is quick."""

from typing_extensions import override

from ops.hosts import images
from ops.steps import gates
from ops.steps.base import Evidence
from ops.steps.gates import CrashedError, Traffic
from ops.steps.tools import ToolStep

MOST_COMPLAINTS = 1


class Watch(ToolStep):
    """One bad answer may be an accident; two, a crash, or many errors among its answers are the release."""

    name = "watch"

    @override
    def do(self) -> Evidence:
        tools, service, patience = self.tools, self.tools.backend, self.plan.patience
        revision = images.release_of(self.host, self.plan.backend)
        before = gates.backend_traffic(tools, service)
        deadline = tools.timer.monotonic() + patience.bake
        complaints: list[str] = []
        looks = 0
        while tools.timer.monotonic() < deadline:
            complaints += self._complaints(revision)
            looks += 1
            if len(complaints) > MOST_COMPLAINTS:
                raise gates.failed(tools, "watch", service, "; then ".join(complaints))
            tools.timer.sleep(patience.interval)
        seen = gates.backend_traffic(tools, service).since(before)
        self._judge(seen)
        return {"looks": looks, "complaints": complaints, "requests": seen.requests, "errors": seen.errors}

    def _complaints(self, revision: str) -> list[str]:
        try:
            problem = gates.backend_complaint(self.tools, self.tools.backend, revision)
        except CrashedError as error:
            raise gates.failed(self.tools, "watch", self.tools.backend, error.message) from error
        problem = problem or gates.proxy_complaint(self.tools, revision)
        return [problem] if problem else []

    def _judge(self, seen: Traffic) -> None:
        if seen.is_bad:
            told = f"{seen.errors:.0f} of {seen.requests:.0f} answers were errors (5xx)"
            raise gates.failed(self.tools, "watch", self.tools.backend, told)
