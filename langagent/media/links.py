"""Links that expire: a key, a moment, and a signature over both (PRODUCT 7.1)."""

import base64
import hashlib
import hmac
from typing import Final
from urllib.parse import urlencode

from langagent.core.clock import Clock
from langagent.settings import Secret, Settings

PATH: Final = "/api/media"
LONGEST_S: Final = 3600
_STEP_S: Final = LONGEST_S // 2


class Links:
    """Makes and checks links; those signed before SECRET_KEY was rotated stay good."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._base = settings.api_url.rstrip("/") + PATH
        self._keys = [_derived(key) for key in (settings.secret_key, settings.secret_key_previous) if key.reveal()]
        self._clock = clock

    def url(self, key: str) -> str:
        """A link good for half an hour to an hour; the same for half an hour, so that browsers keep what it gave."""
        expires = (int(self._clock().timestamp()) // _STEP_S + 2) * _STEP_S
        query = urlencode({"exp": expires, "sig": _signature(self._keys[0], key, expires)})
        return f"{self._base}/{key}?{query}"

    def is_good(self, key: str, expires: int, signature: str) -> bool:
        if expires <= self._clock().timestamp():
            return False
        given = signature.encode()
        return any(hmac.compare_digest(_signature(each, key, expires).encode(), given) for each in self._keys)


def _derived(key: Secret) -> bytes:
    return hashlib.sha256(b"media:" + key.reveal().encode()).digest()


def _signature(signing_key: bytes, key: str, expires: int) -> str:
    digest = hmac.digest(signing_key, f"{expires}:{key}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
