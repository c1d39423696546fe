"""A command of the release's image, run once beside the services."""

import json
from dataclasses import dataclass
from typing import Any

from ops.errors import OpsError
from ops.hosts.base import Host
from ops.hosts.compose import Compose


@dataclass(frozen=True, slots=True)
class OneOff:
    """Runs `langagent …` in a new container of a service, which decides what it may see.

    Attributes:
        failure: the type of error when the command fails.
        state: the state things are in then.
        next_command: what to do then, instead of what the command itself says.
    """

    host: Host
    compose: Compose
    service: str
    failure: type[OpsError]
    state: str
    seconds: float = 600.0
    next_command: str = ""

    def langagent(self, *command: str) -> dict[str, Any]:
        """Run a command and return its result.

        Raises:
            OpsError: of type `failure`, with the command's own words.
        """
        argv = self.compose.run(self.service, "langagent", *command, "--json")
        done = self.host.run(argv, timeout=self.seconds, check=False)
        last = _last_document(done.stdout)
        if done.code == 0 and last.get("event") == "result":
            return last
        raise self.failure(
            last.get("message") or done.stderr.strip()[-1000:] or f"`langagent {command[0]}` ended with {done.code}",
            state=" ".join(filter(None, (last.get("state"), self.state))),
            next_command=self.next_command or last.get("next_command", ""),
        )


def _last_document(text: str) -> dict[str, Any]:
    for line in reversed(text.splitlines()):
        try:
            document = json.loads(line)
        except ValueError:
            continue
        if isinstance(document, dict):
            return document
    return {}
