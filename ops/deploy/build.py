"""Build the images here and send them over SSH: no registry is needed."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ops.deploy.layers import archive, superfluous
from ops.errors import ConfigurationError, HostError
from ops.events import Event
from ops.hosts import images
from ops.hosts.base import Host
from ops.hosts.local import LocalHost
from ops.plan.facts import Images
from ops.timer import Timer

NAME = "langagent/built"
TARGETS = ("backend", "ops")
BUILD_SECONDS = 3600.0
SEND_SECONDS = 3600.0
_GZIP = zlib.MAX_WBITS | 16

Tell = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds a checkout, and sends to a server what it lacks of the images."""

    project: Path
    host: Host
    timer: Timer
    tell: Tell

    def build_and_send(self, tag: str) -> Images:
        """Return the images by their ids, which are digests of what they are made of.

        Raises:
            ConfigurationError: they cannot be built here; nothing was changed.
            HostError: the server did not take them.
        """
        names = [f"{NAME}:{tag}{'' if target == 'backend' else '-ops'}" for target in TARGETS]
        revision = self._revision()
        for target, name in zip(TARGETS, names, strict=True):
            self._build(target, name, tag, revision)
        here = LocalHost()
        backend, ops = (images.id_of(here, name) for name in names)
        if not all(images.is_there(self.host, one) for one in (backend, ops)):
            self._send(names)
        return Images(backend=backend, ops=ops)

    def _build(self, target: str, name: str, tag: str, revision: str) -> None:
        self.tell(Event("build", f"Building {name}", {"image": name}))
        try:
            for line in LocalHost().lines(
                images.build_argv(str(self.project), target, name, version=tag, revision=revision),
                timeout=BUILD_SECONDS,
            ):
                self.tell(Event("build", line))
        except HostError as error:
            raise ConfigurationError(
                f"The image cannot be built here: {error.message}",
                state="Nothing was changed.",
                next_command="langagent deploy TAG, with an image from a registry",
            ) from error

    def _revision(self) -> str:
        """Name what is built: the commit, marked when files differ from it, and the time if there is no git."""
        argv = ["git", "-C", str(self.project), "describe", "--always", "--abbrev=40", "--exclude=*"]
        commit = LocalHost().run(argv, check=False).stdout.strip() or "unknown"
        changed = LocalHost().run(["git", "-C", str(self.project), "status", "--porcelain"], check=False).stdout
        return f"{commit}-{self.timer.now():%Y%m%dT%H%M%S}" if changed or commit == "unknown" else commit

    def _send(self, names: list[str]) -> None:
        ours = images.layers(LocalHost(), *names)
        spared = superfluous(ours, images.layers_to_build_on(self.host))
        size = images.bytes_of(LocalHost(), names[-1])
        self.tell(Event("send", f"Sending the images without {len(spared)} layers that the server has"))
        self.host.run(["docker", "load", "--quiet"], stdin=self._metered(names, spared, size), timeout=SEND_SECONDS)

    def _metered(self, names: list[str], spared: set[str], total: int) -> Iterator[bytes]:
        began, sent, pack = self.timer.monotonic(), 0, zlib.compressobj(1, wbits=_GZIP)
        for chunk in archive(["docker", "save", *names], spared):
            sent += len(chunk)
            data = {"bytes": sent, "total": total, "seconds": self.timer.monotonic() - began}
            self.tell(Event("progress", "", data))
            yield pack.compress(chunk)
        yield pack.flush()
