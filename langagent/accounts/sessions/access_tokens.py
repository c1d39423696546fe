"""Access tokens: short-lived JWTs that name a learner and a session, nothing else."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import jwt

from langagent.core.clock import Clock
from langagent.core.errors import AppError, ErrorCode
from langagent.settings import Settings

ISSUER: Final = "langagent"
AUDIENCE: Final = "langagent-web"
LEEWAY: Final = timedelta(seconds=30)
_LEEWAY_S: Final = LEEWAY.total_seconds()
_ALGORITHM: Final = "HS256"
_REMEMBERED: Final = 4096
# Times are compared with the clock that was handed in, not with the library's own.
_OPTIONS: Final[Any] = {
    "require": ["sub", "sid", "iat", "exp", "iss", "aud"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


@dataclass(frozen=True, slots=True)
class Claims:
    """What a genuine token says; times in seconds since the epoch."""

    user_id: UUID
    session_id: UUID
    issued_at: float
    expires_at: float


def key_id(key: str) -> str:
    """The name of a signing key, safe to show."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]


class AccessTokens:
    """Signs with the current key; verifies with the current and the previous one."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        keys = [key.reveal() for key in (settings.secret_key, settings.secret_key_previous) if key.reveal()]
        self._keys = {key_id(key): key for key in keys}
        self._signing_key = keys[0]
        self._life = timedelta(minutes=settings.access_token_expire_minutes)
        self._clock = clock
        # A learner sends the same token for half an hour; its signature is checked once, its times always.
        self._read = lru_cache(_REMEMBERED)(self._decode)

    @property
    def life(self) -> timedelta:
        """How long a token may outlive what it was issued for."""
        return self._life + LEEWAY

    def issue(self, user_id: UUID, session_id: UUID) -> tuple[str, datetime]:
        """A token and when it expires."""
        now = self._clock()
        expires_at = now + self._life
        claims = {
            "sub": str(user_id),
            "sid": str(session_id),
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            "iss": ISSUER,
            "aud": AUDIENCE,
        }
        headers = {"kid": key_id(self._signing_key)}
        return jwt.encode(claims, self._signing_key, algorithm=_ALGORITHM, headers=headers), expires_at

    def verify(self, token: str) -> Claims:
        """Raises: AppError AUTH_FAILED, TOKEN_EXPIRED."""
        try:
            claims = self._read(token)
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, AttributeError):
            raise AppError(ErrorCode.AUTH_FAILED) from None
        now = self._clock().timestamp()
        if now >= claims.expires_at + _LEEWAY_S:
            raise AppError(ErrorCode.TOKEN_EXPIRED)
        if claims.issued_at > now + _LEEWAY_S:
            raise AppError(ErrorCode.AUTH_FAILED)
        return claims

    def _decode(self, token: str) -> Claims:
        key = self._keys[jwt.get_unverified_header(token)["kid"]]
        claims = jwt.decode(token, key, algorithms=[_ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options=_OPTIONS)
        return Claims(UUID(claims["sub"]), UUID(claims["sid"]), float(claims["iat"]), float(claims["exp"]))
