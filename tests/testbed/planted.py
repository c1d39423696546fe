"""Planted secrets, and every place on a server that they must not be found in."""

import shlex
from collections.abc import Iterator

from tests.testbed.server import Server

REGISTRY_USER, REGISTRY_TOKEN = "ci", "planted-registry-token-5d1f"
# Commands and arguments of every process, all the time, each once.
_WATCH = "while :; do ps -eo args --no-headers; sleep 0.05; done | awk '!seen[$0]++ {print; fflush()}' >/tmp/processes"
_IMAGES = "docker images -q | sort -u | xargs -r -n 1 docker"


def watch_processes(server: Server) -> None:
    """Note the command line of each process on the server, those of containers included."""
    server.shell(f"setsid sh -c {shlex.quote(_WATCH)} >/dev/null 2>&1 </dev/null &")


def planted(server: Server) -> dict[str, str]:
    """Return the secrets of the server by name: those of `.env`, the private key's lines, the registry's token."""
    text = server.shell("grep -E '^[A-Z_]*(SECRET|PASSWORD|TOKEN|KEY)[A-Z_]*=.{8}' /var/app/.env")
    found = dict(line.partition("=")[::2] for line in text.splitlines())
    urls = server.shell("grep -oE '://[a-z_]+:[0-9a-f]{16,}@' /var/app/.env").split()
    found |= {f"password of {url}": url.rpartition(":")[2].rstrip("@") for url in urls}
    key = server.bed.key.read_text().splitlines()[1:-1]
    return {**found, "SSH_PRIVATE_KEY": key[0], "SSH_PRIVATE_KEY, end": key[-1], "GHCR_TOKEN": REGISTRY_TOKEN}


def places(server: Server) -> Iterator[tuple[str, str]]:
    """Yield each place with its text."""
    yield "what commands said", "\n".join(server.heard)
    yield "releases", server.shell("find /var/app/releases /var/app/proxy /var/app/lock -type f -exec cat {} +")
    yield "names of releases", server.shell("find /var/app/releases")
    yield "process list", server.shell("cat /tmp/processes")
    containers = server.shell("docker ps --all --format '{{.Names}}'").split()
    for name in containers:
        yield f"log of {name}", server.shell(f"docker logs {name} 2>&1")
    yield "history of images", server.shell(f"{_IMAGES} history --no-trunc --format '{{{{.CreatedBy}}}}'")
    yield "environment of images", server.shell(f"{_IMAGES} image inspect --format '{{{{.Config.Env}}}}'")
    shown = "{{.Config.Labels}} {{.Path}} {{.Args}}"
    yield "labels and arguments", server.shell(f"docker ps -aq | xargs docker inspect --format '{shown}'")
    yield "configuration of Docker", server.shell("cat /home/deploy/.docker/* /tmp/*/config.json 2>/dev/null || true")


def leaks(server: Server) -> list[str]:
    """Return each secret with the place that it was found in."""
    found = planted(server)
    assert len(found) > 8, "the search would prove nothing"
    return [f"{name} in {place}" for place, text in places(server) for name, secret in found.items() if secret in text]
