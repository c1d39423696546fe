"""The files of the proxy, as pure functions of what differs between servers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

UPSTREAM: Final = "upstream.conf"
MAINTENANCE: Final = "maintenance"
_FILES: Final = Path(__file__).with_name("files")
_REAL_IP: Final = "\n    real_ip_header X-Forwarded-For;\n    real_ip_recursive on;\n"


class _Configuration(Template):
    """nginx keeps `$` for its own variables."""

    delimiter = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """What differs between servers.

    Attributes:
        rate: requests of one address in a second; a burst of four seconds is taken, its second half delayed.
        trusted: addresses or ranges of a CDN whose X-Forwarded-For is believed.
    """

    rate: int = 100
    trusted: tuple[str, ...] = ()


def files(proxy: Proxy) -> Mapping[str, str]:
    """Return every file of the proxy's folder but the upstream, by its path there."""
    rendered = {path.relative_to(_FILES).as_posix(): path.read_text() for path in sorted(_FILES.rglob("*.*"))}
    configuration = _Configuration(rendered["nginx.conf"]).substitute(
        rate=proxy.rate, burst=4 * proxy.rate, delay=2 * proxy.rate, real_ip=_real_ip(proxy.trusted)
    )
    return {**rendered, "nginx.conf": configuration}


def upstream(service: str) -> str:
    """Return the file that names the backend which serves, such as `backend-blue`."""
    return f"server {service}:8000;\n"


def _real_ip(trusted: Iterable[str]) -> str:
    sources = "".join(f"\n    set_real_ip_from {source};" for source in trusted)
    return f"{sources}{_REAL_IP}" if sources else ""
