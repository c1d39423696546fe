"""The proxy of a server: which backend it points at, and how that changes without a lost request."""

import re

from ops.hosts.base import Host
from ops.hosts.compose import Compose
from ops.nginx.render import MAINTENANCE, UPSTREAM, upstream
from ops.plan.models import BLUE
from ops.releases.layout import Layout

SERVICE = "proxy"
SECONDS = 30.0
_COLOUR = re.compile(r"server backend-(\w+):")


def live(host: Host, layout: Layout) -> str:
    """Return the colour of the backend that the proxy points at; empty before there is a proxy."""
    try:
        found = _COLOUR.search(host.read(f"{layout.proxy}/{UPSTREAM}").decode())
    except FileNotFoundError:
        return ""
    return found[1] if found else ""


def prepare(host: Host, compose: Compose) -> None:
    """Put a release's configuration in place before the proxy's first start."""
    _write(host, compose)
    _aim(host, compose.layout, BLUE)


def point(host: Host, compose: Compose, colour: str) -> None:
    """Take up the configuration of a release and point at one of its backends.

    Raises:
        HostError: nginx refuses the configuration; it goes on with the one that it has in memory.
    """
    _write(host, compose)
    _aim(host, compose.layout, colour)
    reload(host, compose)


def reload(host: Host, compose: Compose) -> None:
    """Have the proxy take up its files, certificates included.

    Raises:
        HostError: nginx refuses them; it goes on with those that it has in memory.
    """
    host.run(compose.execute(SERVICE, "nginx", "-t", "-q"), timeout=SECONDS)
    host.run(compose.execute(SERVICE, "nginx", "-s", "reload"), timeout=SECONDS)


def close(host: Host, layout: Layout) -> None:
    """Show everybody the page that says that work is being done."""
    host.write(f"{layout.proxy}/{MAINTENANCE}", b"")


def open(host: Host, layout: Layout) -> None:  # noqa: A001 - called as proxy.open
    """Let everybody in again."""
    host.run(["rm", "-f", f"{layout.proxy}/{MAINTENANCE}"])


def _aim(host: Host, layout: Layout, colour: str) -> None:
    host.write(f"{layout.proxy}/{UPSTREAM}", upstream(f"backend-{colour}").encode())


def _write(host: Host, compose: Compose) -> None:
    """Copy the rendered files of the bundle, each whole or not at all."""
    source = f"{compose.layout.release(compose.release_id).bundle}/nginx"
    listed = host.run(["find", source, "-type", "f", "-printf", "%P %m\\n"]).stdout
    for line in listed.splitlines():
        name, _, mode = line.rpartition(" ")
        host.write(f"{compose.layout.proxy}/{name}", host.read(f"{source}/{name}"), mode=int(mode, 8))
