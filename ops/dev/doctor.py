"""What this machine has and lacks for development, each with its mend."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ops.dev import ports, state
from ops.dev.node import find_node
from ops.dev.project import Project
from ops.dev.services import Ports
from ops.embedded.binaries import find_postgres, find_redis
from ops.environment import dotenv
from ops.errors import OpsError

NEEDED_MEGABYTES = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `mend` says what to do when it is not `ok`."""

    name: str
    ok: bool
    detail: str
    mend: str = ""


def examine(project: Project, wanted: Ports) -> list[Finding]:
    """Run every check; none changes anything."""
    return [
        _python(),
        _found("PostgreSQL", lambda: str(find_postgres().folder)),
        _found("Redis", find_redis),
        _found("Node", lambda: find_node().program),
        _docker(),
        _state_folder(project),
        _disk(project),
        _mini_app(dotenv.read(project.env_file) | dict(os.environ)),
        *_ports(project, wanted),
    ]


def _python() -> Finding:
    return Finding("Python", (3, 11) <= sys.version_info[:2] <= (3, 14), sys.version.split()[0], "install Python 3.13")


def _found(name: str, find: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, find())
    except OpsError as error:
        return Finding(name, False, error.message, error.next_command)


def _docker() -> Finding:
    return Finding("Docker", True, shutil.which("docker") or "not installed (only --infra docker needs it)")


def _state_folder(project: Project) -> Finding:
    folder = project.state
    while not folder.exists():
        folder = folder.parent
    writable = os.access(folder, os.W_OK | os.X_OK)
    mend = f"sudo chown -R {os.getuid()} '{folder}'"
    return Finding("State folder", writable, str(project.state), mend)


def _disk(project: Project) -> Finding:
    free = shutil.disk_usage(project.root).free // 10**6
    return Finding("Disk", free >= NEEDED_MEGABYTES, f"{free} MB free", f"free {NEEDED_MEGABYTES} MB")


def _mini_app(given: Mapping[str, str]) -> Finding:
    """Say where the bot's buttons can open the app; only a bot at Telegram itself needs an address for that."""
    address = given.get("APP_URL", "")
    if not given.get("TELEGRAM_BOT_TOKEN"):
        return Finding("Mini App", True, "in the local Telegram")
    if address.startswith("https://"):
        return Finding("Mini App", True, f"in the local Telegram; with --telegram polling at {address}")
    needed = "--telegram polling needs an https APP_URL in .env: Telegram refuses buttons that open other addresses"
    return Finding("Mini App", True, f"in the local Telegram; {needed}")


def _ports(project: Project, wanted: Ports) -> Iterator[Finding]:
    if state.is_claimed(project):
        yield Finding("Ports", True, "held by the `dev up` that runs")
        return
    for port, option in ((wanted.app, "--port"), (wanted.web, "--web-port"), (wanted.telegram, "--telegram-port")):
        if port is not None:
            yield _port(port, option)


def _port(port: int, option: str) -> Finding:
    if ports.is_free(port):
        return Finding(f"Port {port}", True, "free")
    holder = ports.find_holder(port)
    mend = f"kill {holder.pid}, or `dev up {option} OTHER`" if holder else f"`dev up {option} OTHER`"
    return Finding(f"Port {port}", False, f"taken by {holder or 'a process of another user'}", mend)
