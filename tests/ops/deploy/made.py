"""A server as `gather` finds it, for tests of the side that asks."""

import json
from typing import Any

from ops.deploy.facts import TRY_LOCK
from ops.deploy.handover import Handover
from ops.events import Event
from ops.hosts.base import Done
from ops.hosts.compose import Compose
from ops.notify.notifier import Notifier
from ops.releases.layout import Layout
from ops.releases.ledger import Entry
from ops.releases.models import Outcome, Release
from tests.ops.fake_host import FakeHost
from tests.ops.releases.made import good, outcome
from tests.ops.steps.made import FakeTime
from tests.ops.steps.server import inspected

ENV = b"APP_URL=https://tutor.example\nBACKEND_IMAGE=ghcr.io/me/tutor\nBACKEND_IMAGE_TAG=v7\n"
READ_LEDGER = ("sh", "-c", 'cd "$1" 2>/dev/null && grep -Hs "" */release.json */outcome.json; true')
DF = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 100 50 {} 50% /\n"


def ledger_lines(*entries: Entry) -> str:
    """Return the ledger as one command prints it."""
    documents: list[tuple[str, Release | Outcome]] = []
    for entry in entries:
        documents.append((f"{entry.release.id}/release.json", entry.release))
        if entry.outcome:
            documents.append((f"{entry.release.id}/outcome.json", entry.outcome))
    return "".join(f"{name}:{document.encode().decode()}" for name, document in documents)


def server(*entries: Entry, services: list[dict[str, Any]] | None = None, live: str = "") -> FakeHost:
    """Return a machine with a ledger and containers, on which nobody is at work."""
    found = [inspected(f"backend-{live}")] if services is None and live else services or []
    info = {"ServerVersion": "26.1", "Architecture": "x86_64", "DockerRootDir": "/var/lib/docker"}
    return FakeHost(
        {
            ("docker", "info"): json.dumps(info),
            ("docker", "info", "--format", "{{json .RegistryConfig.IndexConfigs}}"): "{}",
            ("docker", "compose", "version"): "2.26.1\n",
            ("docker", "ps", "--all", "--quiet"): "ids\n" if found else "",
            ("docker", "container", "inspect"): json.dumps(found),
            ("date",): "0.0",
            ("df", "-Pk"): DF.format(40_000_000),
            ("df", "-Pi"): DF.format(1_000_000),
            ("stat",): "600\n",
            ("getent",): "192.0.2.1 STREAM tutor.example\n192.0.2.1 DGRAM\n",
            ("mktemp",): "/tmp/login\n",
            READ_LEDGER: ledger_lines(*entries),
        },
        {
            "/var/app/.env": ENV,
            **({"/var/app/proxy/upstream.conf": f"server backend-{live}:8000;\n".encode()} if live else {}),
        },
    )


def locked(host: FakeHost, text: str) -> None:
    """Have somebody hold the lock."""
    host.answers["sh", "-c", TRY_LOCK] = Done(1, "", "")
    host.files["/var/app/lock"] = text.encode()


def two_releases(*later: Entry) -> FakeHost:
    """A server on which r2 serves, green, and r1 was stopped."""
    blue, green = inspected("backend-blue", image="app@r1", Status="exited"), inspected("backend-green", image="app@r2")
    host = server(good("r1"), good("r2"), *later, services=[blue, green], live="green")
    host.answers["find",] = "docker-compose.yml\nnginx/nginx.conf\n"
    for entry in (good("r1"), good("r2"), *later):
        bundle = f"/var/app/releases/{entry.release.id}/bundle"
        host.files[f"{bundle}/docker-compose.yml"] = b"services: {}"
        host.files[f"{bundle}/nginx/nginx.conf"] = f"http {{}} # {entry.release.id}".encode()
    return host


def backups(host: FakeHost, serving: str, **schemas: int) -> None:
    """Have the release that serves list backups, good ones, each with the schema of its database."""
    found = [{"id": backup, "problem": "", "schema_revision": schema} for backup, schema in schemas.items()]
    argv = tuple(Compose(Layout(), serving).run("schedule", "langagent", "backup", "list"))
    host.answers[argv] = json.dumps({"event": "result", "backups": found})


def handover(host: FakeHost, told: list[Event] | None = None, notifier: Notifier | None = None) -> Handover:
    """The way to a server, with a clock that jumps."""
    heard = told if told is not None else []
    return Handover(host, Layout(), FakeTime().timer, heard.append, notifier or Notifier([]))


def finished(host: FakeHost, release_id: str, **changes: Any) -> None:
    """Have the follower find an outcome at its first look."""
    host.files[f"/var/app/releases/{release_id}/outcome.json"] = outcome(**changes).encode()
