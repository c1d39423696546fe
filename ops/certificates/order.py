"""What certificate is wanted, and of whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from langagent.settings import Settings
from ops.environment import dotenv
from ops.environment.settings import read_group
from ops.errors import ConfigurationError

GROUP: Final = "server"
WEBROOT: Final = Path("/var/lib/langagent/acme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A certificate for some names.

    Attributes:
        directory: the ACME server's.
        ca_file: what the ACME server's own certificate is checked against; empty for the public authorities.
        renew_days: one that lasts less is renewed.
    """

    names: tuple[str, ...]
    directory: str
    email: str = ""
    ca_file: str = ""
    webroot: Path = WEBROOT
    renew_days: int = 30


def find_order(file: Path, environ: Mapping[str, str]) -> Order:
    """Read the variables, those of the environment before those of the file.

    Raises:
        ConfigurationError: a setting cannot be used, or an address has no name that a certificate can be issued for.
    """
    values = {**dotenv.read(file), **environ}
    return order(read_group(GROUP, file, environ), values.get("APP_URL", ""), values.get("API_URL", ""))


def order(settings: Settings, *addresses: str) -> Order:
    """Return the order for the hosts of these addresses; raises as `find_order` does."""
    hosts = tuple(dict.fromkeys(urlsplit(address).hostname or "" for address in addresses if address))
    for host in hosts or ("",):
        if "." not in host or host.replace(".", "").isdigit():
            raise ConfigurationError(
                f"No certificate can be issued for {host or 'an empty APP_URL'}: it is no domain name.",
                state="Nothing was asked for.",
                next_command="set APP_URL in .env to https://YOUR.DOMAIN",
            )
    return Order(
        names=hosts,
        directory=settings.acme_directory,
        email=settings.acme_email,
        ca_file=settings.acme_ca_file,
        renew_days=settings.acme_renew_days,
    )
