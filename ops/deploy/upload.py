"""Put a release's folder on the server: complete, or not there."""

from collections.abc import Mapping

from ops.deploy.request import Login
from ops.errors import PreflightError
from ops.hosts.base import Host
from ops.hosts.registry import login_argv
from ops.releases.layout import Folder, Layout


def upload(host: Host, layout: Layout, release_id: str, files: Mapping[str, bytes], config: str = "") -> Folder:
    """Write the files under a temporary name, add the Docker configuration, then give the folder its own name.

    Raises:
        HostError: the server did not take them; no release was made.
    """
    folder = layout.release(release_id)
    draft = f"{folder.path}.tmp"
    for name, content in files.items():
        host.write(f"{draft}/{name}", content)
    if config:
        host.run(["mv", "-T", config, f"{draft}/registry"])
    host.run(["mv", "-T", draft, folder.path])
    return folder


def log_in(host: Host, config: str, registry: str, login: Login) -> None:
    """Have Docker keep the registry's token in a folder that the executor deletes.

    Raises:
        PreflightError: the registry refuses it.
    """
    token = login.token.reveal().encode()
    done = host.run(login_argv(config, registry, login.user), stdin=token, check=False)
    if done.code:
        raise PreflightError(
            f"{registry} does not let {login.user} in: {done.stderr.strip()}",
            state="Nothing was changed.",
            next_command="check GHCR_USERNAME and GHCR_TOKEN",
        )
