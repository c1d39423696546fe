"""Addresses that a button or a webhook may point to."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(url: str) -> bool:
    """Tell whether the address is on this machine, where plain http is allowed: development has no certificate."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def refused_link(url: str, *, https: bool) -> str | None:
    """Return Telegram's reason to refuse a button's address, or None."""
    parts = urlsplit(url)
    if parts.scheme in ("http", "https") and is_loopback(url):
        return None
    if https and parts.scheme != "https":
        return "Only HTTPS links are allowed"
    if parts.scheme in ("tg", "ton") or (parts.scheme in ("http", "https") and "." in (parts.hostname or "")):
        return None
    return "Wrong HTTP URL"
