"""Tools over a machine that only remembers, and a clock that jumps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ops.health.probe import Answer
from ops.plan.models import Plan
from ops.steps.tools import Tools
from ops.timer import Timer
from tests.ops.fake_host import FakeHost
from tests.ops.plan.made import NOW, plan

READY = Answer(200, document={"status": "ready", "release": "rev-2"})
UNREADY = Answer(503, document={"errors": ["database: no answer"]})


@dataclass
class FakeTime:
    """Passes only while somebody sleeps."""

    passed: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.passed += seconds
        self.slept.append(seconds)

    @property
    def timer(self) -> Timer:
        return Timer(lambda: NOW + timedelta(seconds=self.passed), lambda: self.passed, self.sleep)


def tools(
    host: FakeHost,
    probe: Callable[[str, str], Answer] = lambda _url, _domain: READY,
    time: FakeTime | None = None,
    asked: Plan | None = None,
    told: list[Mapping[str, Any]] | None = None,
) -> Tools:
    heard = told if told is not None else []
    return Tools(
        plan=asked or plan(),
        host=host,
        timer=(time or FakeTime()).timer,
        probe=probe,
        tell=lambda _step, evidence: heard.append(evidence),
        domain="tutor.example",
    )
