"""Who a request speaks for."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in learner, as the authenticator found them.

    Attributes:
        language: native language, `ru` or `en`: also that of the interface and of errors.
        timezone: IANA name.
        plan: effective plan, `free`, `basic` or `premium`.
    """

    user_id: UUID
    session_id: UUID
    language: str
    timezone: str
    plan: str
    is_admin: bool


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a sliding window leaves after this request."""

    limit: int
    remaining: int
    reset_s: int

    @property
    def is_exceeded(self) -> bool:
        return self.remaining < 0


class Authenticator(Protocol):
    """Turns a bearer token into a principal and what is left of the learner's requests.

    Raises: AppError AUTH_FAILED, TOKEN_EXPIRED, ACCOUNT_BLOCKED.
    """

    async def authenticate(self, token: str) -> tuple[Principal, Allowance | None]: ...
