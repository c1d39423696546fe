"""Addresses that a button or a webhook may point to."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

_WEB = ("http", "https")


def split_link(url: str) -> SplitResult:
    """Return the parts of an address; those of nothing when it is no address."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else urlsplit("")
    except ValueError:
        return urlsplit("")


def is_local(parts: SplitResult) -> bool:
    """Tell whether the address is on this machine, where plain http is allowed: development has no certificate."""
    if parts.scheme not in _WEB:
        return False
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def refused_link(url: str, *, https: bool) -> str | None:
    """Return Telegram's reason to refuse a button's address, or None."""
    parts = split_link(url)
    if is_local(parts):
        return None
    if https and parts.scheme != "https":
        return "Only HTTPS links are allowed"
    if parts.scheme in ("tg", "ton") or (parts.scheme in _WEB and "." in (parts.hostname or "")):
        return None
    return "Wrong HTTP URL"
