"""One-time tokens and codes: how they look and how they are kept; pure but for the randomness.

A code's first half names its row, the second half proves it. So a wrong second half counts against that code alone,
and whoever does not know a first half cannot spend anybody's tries.
"""

import base64
import hmac
import secrets
from typing import Final

from langagent.accounts.sign_in.models import IssuedCode
from langagent.settings import Secret

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_LENGTH: Final = 8
_NAME_LENGTH: Final = 4
_TOKEN_BYTES: Final = 16
SELECTOR_BYTES: Final = 16


def new_code() -> IssuedCode:
    """128 random bits for the link, 40 for the code."""
    token = base64.urlsafe_b64encode(secrets.token_bytes(_TOKEN_BYTES)).decode().rstrip("=")
    return IssuedCode(token, "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)))


def normalised(code: str) -> str | None:
    """The code as it was issued, however it was typed (`o` is 0, `l` is 1); None when it cannot be one."""
    plain = code.upper().translate(_LOOKALIKES)
    return plain if len(plain) == _LENGTH and set(plain) <= set(_ALPHABET) else None


class CodeHashes:
    """Keyed hashes: forty bits would not be safe under a plain one."""

    def __init__(self, key: Secret) -> None:
        self._key = key.reveal().encode()

    def token(self, token: str) -> bytes:
        return self._digest(b"sign-in-token:", token)

    def code(self, code: str) -> bytes:
        """The hash of the half that names the row, then that of the whole."""
        return self.selector(code) + self._digest(b"sign-in-code:", code)

    def selector(self, code: str) -> bytes:
        return self._digest(b"sign-in-name:", code[:_NAME_LENGTH])[:SELECTOR_BYTES]

    def _digest(self, purpose: bytes, text: str) -> bytes:
        return hmac.digest(self._key, purpose + text.encode("utf-8", "surrogatepass"), "sha256")
