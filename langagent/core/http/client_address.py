"""Whose address a request comes from: forwarding headers are believed from our own proxies only."""

import ipaddress
from collections.abc import Iterable, Sequence

from starlette.types import Scope

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks(addresses: Iterable[str]) -> tuple[Network, ...]:
    """Addresses or CIDR ranges as networks.

    Raises: ValueError for one that is neither.
    """
    return tuple(ipaddress.ip_network(address, strict=False) for address in addresses)


def _within(address: str, trusted: Sequence[Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in trusted)


def client_address(scope: Scope, trusted: Sequence[Network]) -> str:
    """The last address of X-Forwarded-For that is not a trusted proxy, or the peer's own."""
    peer: str = scope["client"][0] if scope.get("client") else "unix"
    if not trusted or not _within(peer, trusted):
        return peer
    forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").decode("latin-1")
    for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _within(hop, trusted):
            return hop
    return peer


def is_forwarded(scope: Scope) -> bool:
    """Whether any proxy says that it passed the request on."""
    return any(name in (b"x-forwarded-for", b"forwarded", b"x-real-ip") for name, _ in scope["headers"])
