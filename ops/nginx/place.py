"""`python -m ops.nginx.place FOLDER`: the proxy's files for a `docker compose up -d` by hand."""

import os
import sys

from langagent.settings import Settings, explained
from ops.hosts.base import Host
from ops.hosts.local import LocalHost
from ops.nginx.render import UPSTREAM, Proxy, files, upstream

FIRST = "backend-blue"


def place(host: Host, folder: str, proxy: Proxy) -> None:
    """Write every file of the proxy's folder; the upstream stays what it is, if it is."""
    for path, content in files(proxy).items():
        host.write(f"{folder}/{path}", content.encode())
    if host.run(["test", "-e", f"{folder}/{UPSTREAM}"], check=False).code:
        host.write(f"{folder}/{UPSTREAM}", upstream(FIRST).encode())


def proxy_of(settings: Settings) -> Proxy:
    """Return what the settings of group `server` say of the proxy."""
    return Proxy(rate=settings.proxy_requests_per_second, trusted=settings.proxy_trusts)


if __name__ == "__main__":
    with explained():
        place(LocalHost(), sys.argv[1], proxy_of(Settings.of_group("server", os.environ)))
