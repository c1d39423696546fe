"""The domain that people open."""

from collections.abc import Mapping
from urllib.parse import urlsplit


def domain_of(values: Mapping[str, str]) -> str:
    """Return the host of APP_URL; empty when there is none."""
    return urlsplit(values.get("APP_URL", "")).hostname or ""
