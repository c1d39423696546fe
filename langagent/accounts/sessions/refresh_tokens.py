"""Refresh tokens: a session's id with a secret that changes at every use."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from langagent.settings import Secret

_SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """``secret``: 256 bits; the session's row keeps only their hash."""

    session_id: UUID
    secret: bytes

    @classmethod
    def parse(cls, text: str) -> "RefreshToken | None":
        try:
            raw = base64.b64decode(text, altchars=b"-_", validate=True)
        except ValueError:
            return None
        return cls(UUID(bytes=raw[:16]), raw[16:]) if len(raw) == 16 + _SECRET_BYTES else None

    @classmethod
    def first(cls, session_id: UUID) -> "RefreshToken":
        return cls(session_id, secrets.token_bytes(_SECRET_BYTES))

    def text(self) -> str:
        return base64.urlsafe_b64encode(self.session_id.bytes + self.secret).decode()

    def digest(self) -> bytes:
        return hashlib.sha256(self.secret).digest()

    def successor(self, key: Secret) -> "RefreshToken":
        """The next token, always the same one: who repeats a refresh whose answer was lost gets that answer again."""
        return RefreshToken(self.session_id, hmac.digest(key.reveal().encode(), b"refresh:" + self.secret, "sha256"))
