"""What a server is, asked in one go."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from ops.hosts.base import Host

GATHER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Facts:
    """A server's own words, by name (`facts.sh` has the names), and how far its clock is ahead, in seconds."""

    told: Mapping[str, str]
    clock_ahead: float = 0.0

    def text(self, name: str) -> str:
        return self.told.get(name, "")

    def number(self, name: str) -> int:
        """Return a number; what is not known is 0."""
        text = self.text(name)
        return int(text) if text.isdigit() else 0

    def holds(self, name: str) -> bool:
        return self.text(name) == "yes"

    def has(self, name: str, word: str) -> bool:
        """Say whether a list of words has this one."""
        return word in self.text(name).split()


def gather(host: Host, folder: str, deployer: str = "", *, now: Callable[[], float] = time.time) -> Facts:
    """Ask a server; nothing is changed there. `deployer` is who will deploy, if not who logs in.

    Raises:
        HostError: it cannot be asked.
    """
    script = files("ops.server").joinpath("facts.sh").read_bytes()
    told = host.run(["sh", "-s", folder, deployer], stdin=script, timeout=GATHER_SECONDS).stdout
    return Facts(dict(_pairs(told)), clock_ahead(host, now))


def clock_ahead(host: Host, now: Callable[[], float]) -> float:
    """Return the least that the server's clock is off by, in seconds: the time of asking is given the benefit."""
    before = now()
    theirs = float(host.run(["date", "+%s.%N"]).stdout)
    after = now()
    return max(theirs - after, 0.0) if theirs > after else min(theirs - before, 0.0)


def _pairs(told: str) -> list[tuple[str, str]]:
    return [(name, value.strip()) for name, _, value in (line.partition("=") for line in told.splitlines())]
