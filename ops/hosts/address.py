"""Where a server is reached: `[user@]host[:port]`, as the CI's SERVER_HOST may give it."""

import re
from dataclasses import dataclass

from ops.errors import ConfigurationError

SSH_PORT = 22
_FORM = re.compile(
    r"(?:(?P<user>[^@\s]+)@)?(?:\[(?P<six>[0-9a-fA-F:.]+)]|(?P<host>[^@:\s\[\]]+))(?::(?P<port>\d{1,5}))?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A user at a machine's SSH port."""

    user: str
    host: str
    port: int = SSH_PORT

    @property
    def known_as(self) -> str:
        """The machine's name in a `known_hosts` file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT)."""
        return self.host if self.port == SSH_PORT else f"[{self.host}]:{self.port}"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.user}@{host}" + ("" if self.port == SSH_PORT else f":{self.port}")


def parse(text: str, *, user: str, port: int) -> Address:
    """Return the address; what the text leaves out comes from `user` and `port`.

    Raises:
        ConfigurationError: it is not of the form `[user@]host[:port]`.
    """
    match = _FORM.fullmatch(text.strip())
    if not match or not 0 < int(match["port"] or port) < 2**16:
        raise ConfigurationError(
            f"{text!r} is not of the form [user@]host[:port].", next_command="--host deploy@example.com:22"
        )
    return Address(match["user"] or user, match["six"] or match["host"], int(match["port"] or port))
