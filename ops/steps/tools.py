"""What steps work with, and the step that has it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ops.health.probe import Probe
from ops.hosts.base import Host
from ops.hosts.compose import Compose
from ops.plan.models import Plan
from ops.releases.layout import Layout
from ops.steps.base import Step
from ops.timer import Timer

Tell = Callable[[str, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Tools:
    """The server, the plan, the time, and a way to tell of progress."""

    plan: Plan
    host: Host
    timer: Timer
    probe: Probe
    tell: Tell
    domain: str = ""

    @property
    def layout(self) -> Layout:
        return Layout(self.plan.root)

    @property
    def compose(self) -> Compose:
        """The bundle of this release."""
        return Compose(self.layout, self.plan.release)

    @property
    def before(self) -> Compose | None:
        """The bundle of the release that served before."""
        return Compose(self.layout, self.plan.previous) if self.plan.previous else None

    @property
    def backend(self) -> str:
        """The service that will serve."""
        return f"backend-{self.plan.colour}"

    @property
    def old_backend(self) -> str:
        """The service that served before; empty before the first release."""
        return f"backend-{self.plan.live}" if self.plan.live else ""


class ToolStep(Step):
    """A step over a server."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.host = tools.host
        self.plan = tools.plan
        self.compose = tools.compose
