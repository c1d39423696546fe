"""Fetch the images of the release by digest, and look into them before anything is changed."""

from collections.abc import Iterator
from typing import Any

from typing_extensions import override

from ops.errors import HostError, PreflightError
from ops.hosts import images
from ops.releases import kept
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep

SECONDS = 1800.0
_ARRIVED = ("Download complete", "Already exists", "Pull complete")


class Pull(ToolStep):
    """The images are named after the release, so that nobody's clean-up takes them; the token is forgotten."""

    name = "pull"
    prepares = True

    @override
    def do(self) -> Evidence:
        names = {kept.backend(self.plan.release): self.plan.backend, kept.ops(self.plan.release): self.plan.ops}
        for name, image in names.items():
            self._fetch(image)
            self.host.run(["docker", "image", "tag", image, name])
        self.forget_token()
        described = images.describe(self.host, self.plan.backend)
        self._check_contract(described)
        return described

    @override
    def undo(self) -> None:
        self.forget_token()
        names = (kept.backend(self.plan.release), kept.ops(self.plan.release))
        self.host.run(["docker", "image", "rm", *names], check=False)

    def forget_token(self) -> None:
        self.host.run(["rm", "-rf", self.tools.layout.release(self.plan.release).registry])

    def _fetch(self, image: str) -> None:
        if images.is_there(self.host, image):
            return
        config = self.tools.layout.release(self.plan.release).registry
        began, total = self.tools.timer.monotonic(), sum(self.plan.layers.values())
        try:
            for done in arrived(self.host.lines(images.pull_argv(config, image), timeout=SECONDS), self.plan.layers):
                seconds = self.tools.timer.monotonic() - began
                self.tools.tell(self.name, {"bytes": done, "total": total, "seconds": seconds})
        except HostError as error:
            raise PreflightError(
                f"{image} could not be fetched: {error.message}",
                state="Nothing was changed; the old release serves.",
                next_command="langagent deploy, the same again",
            ) from error

    def _check_contract(self, described: dict[str, Any]) -> None:
        """Refuse to take from the release that serves what it still needs: it could not be gone back to."""
        floor, needed = described["floor"], self.plan.needs_schema
        if needed and floor > needed:
            raise PreflightError(
                f"This release removes from the schema what the one that serves still needs: it serves with schema "
                f"{needed:04}, and afterwards {floor:04} is the oldest.",
                state="Nothing was changed; the old release serves.",
                next_command=f"deploy a release that needs schema {floor:04} or later first",
            )


def arrived(lines: Iterator[str], layers: dict[str, int]) -> Iterator[int]:
    """Turn what `docker pull` says of its layers into bytes that are here."""
    here: set[str] = set()
    for line in lines:
        layer, _, told = line.partition(": ")
        if told.strip() in _ARRIVED and layer in layers and layer not in here:
            here.add(layer)
            yield sum(layers[one] for one in here)
