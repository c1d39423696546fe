"""A channel that remembers what it was told."""

from ops.errors import OpsError
from ops.notify.channels import Level


class Listener:
    """Takes nothing while it is deaf."""

    name = "listener"

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.bodies: list[str] = []
        self.deaf = False

    def send(self, title: str, body: str, level: Level) -> None:
        if self.deaf:
            raise OpsError("deaf")
        self.heard.append(title)
        self.bodies.append(body)
