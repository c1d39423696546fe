"""Ask a server what it is like; nothing is changed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ops.environment import dotenv
from ops.environment.check import examine
from ops.environment.domain import domain_of
from ops.errors import ConfigurationError
from ops.executor.lock import described
from ops.hosts import docker, executors, proxy
from ops.hosts.base import Host
from ops.plan.facts import Facts
from ops.releases import ledger
from ops.releases.layout import Layout
from ops.timer import Timer

TRY_LOCK = '[ ! -e "$1" ] || exec flock --nonblock "$1" true'
_HELD = 1  # exit code of flock(1) when the lock cannot be had


def gather(host: Host, layout: Layout, timer: Timer) -> Facts:
    """Return the facts of a server.

    Raises:
        HostError: it cannot be asked.
    """
    told = _docker_info(host)
    now = timer.now()
    skew = _seconds(host) - now.timestamp()
    values = env_values(host, layout)
    problems, warnings = _env(host, layout, now)
    domain = domain_of(values)
    disk = str(told.get("DockerRootDir", "/"))
    free = _free(host, disk)
    found = docker.containers(host) if told else {}
    return Facts(
        now=now,
        docker=str(told.get("ServerVersion", "")),
        compose=host.run(["docker", "compose", "version", "--short"], check=False).stdout.strip(),
        architecture=_architecture(str(told.get("Architecture", ""))),
        writable=host.run(["test", "-w", layout.root], check=False).code == 0,
        disk=disk,
        free_bytes=free[0],
        free_inodes=free[1],
        skew=skew,
        env_problems=problems,
        env_warnings=warnings,
        domain=domain,
        addresses=_addresses(host, domain),
        ledger=ledger.read(host, layout),
        containers=found,
        live=serving_colour(host, layout, found),
        holder=holder(host, layout),
        executors=executors.states(host) if told else {},
    )


def env_values(host: Host, layout: Layout) -> dict[str, str]:
    """Return the variables of the server's `.env`, for this process only; none when it cannot be read."""
    try:
        return dotenv.parse(host.read(layout.env_file).decode())
    except (FileNotFoundError, ConfigurationError):
        return {}


def serving_colour(host: Host, layout: Layout, found: Mapping[str, docker.Container]) -> str:
    """Return the colour of the backend that serves: the proxy points at it, and it runs, or will again."""
    colour = proxy.live(host, layout)
    backend = found.get(f"backend-{colour}")
    return colour if backend and backend.status in ("running", "restarting") else ""


def holder(host: Host, layout: Layout) -> str:
    """Return who holds the server's lock, in words; empty when nobody does."""
    if host.run(["sh", "-c", TRY_LOCK, "sh", layout.lock], check=False).code != _HELD:
        return ""
    return described(host.read(layout.lock).decode(errors="replace"))


def _docker_info(host: Host) -> Mapping[str, Any]:
    done = host.run(["docker", "info", "--format", "{{json .}}"], check=False)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return {}
    return told if told.get("ServerVersion") else {}


def _architecture(name: str) -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(name, name)


def _seconds(host: Host) -> float:
    return float(host.run(["date", "+%s.%N"]).stdout)


def _env(host: Host, layout: Layout, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        text = host.read(layout.env_file).decode()
        mode = int(host.run(["stat", "-c", "%a", layout.env_file]).stdout, 8)
        report = examine(text, mode, layout.env_file, now.date())
    except FileNotFoundError:
        return (f"there is no {layout.env_file}",), ()
    except ConfigurationError as error:
        return (error.message,), ()
    return tuple(report.problems), tuple(report.warnings)


def _free(host: Host, folder: str) -> tuple[int, int]:
    """Return free bytes and inodes of a folder's file system (df(1), POSIX format)."""
    blocks = host.run(["df", "-Pk", folder], check=False).stdout
    inodes = host.run(["df", "-Pi", folder], check=False).stdout
    return _available(blocks) * 1024, _available(inodes)


def _available(table: str) -> int:
    fields = table.splitlines()[-1].split() if table else []
    return int(fields[3]) if len(fields) > 3 and fields[3].isdigit() else 0


def _addresses(host: Host, domain: str) -> tuple[str, ...]:
    if not domain:
        return ()
    lines = host.run(["getent", "ahosts", domain], check=False).stdout.splitlines()
    return tuple(dict.fromkeys(line.split()[0] for line in lines if line))
