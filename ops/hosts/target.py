"""Which machine a command is for: a server over SSH, or this machine when none is named."""

from dataclasses import dataclass
from pathlib import Path

from langagent.settings import Secret
from ops.hosts.address import SSH_PORT, Address, parse
from ops.hosts.base import Host

DEFAULT_USER = "deploy"


@dataclass(frozen=True, slots=True)
class Target:
    """What a person or a CI says of a server; `host` may hold user and port, too."""

    host: str = ""
    user: str = DEFAULT_USER
    port: int = SSH_PORT
    identity: Path | None = None
    private_key: Secret = Secret("")

    @property
    def address(self) -> Address:
        """Where the server is reached.

        Raises:
            ConfigurationError: `host` is not of the form `[user@]host[:port]`.
        """
        return parse(self.host, user=self.user, port=self.port)


def open_host(target: Target) -> Host:
    """Connect to the server, or return this machine when no host is named.

    Raises:
        HostKeyError: the server's key is unknown or has changed; nothing was sent.
        HostError: it is not reached.
        ConfigurationError: it does not accept who we are, or an option cannot be used.
    """
    if not target.host:
        from ops.hosts.local import LocalHost

        return LocalHost()
    from ops.hosts import keys
    from ops.hosts.ssh import Identity, connect

    return connect(target.address, Identity(target.private_key, target.identity), keys.files())
