"""Sessions and what signing in answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from langagent.core.http.principal import Principal
from langagent.core.http.schemas import Answer, Moment

Method = Literal["init_data", "widget", "link", "dev"]


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in device.

    Attributes:
        previous_hash: of the refresh token before the last rotation, at ``rotated_at``.
        expires_at: moves with every use, ``absolute_expires_at`` never does.
    """

    id: UUID
    user_id: UUID
    refresh_hash: bytes
    previous_hash: bytes | None
    rotated_at: datetime | None
    method: Method
    expires_at: datetime
    absolute_expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a token stands for: the learner, and whether they may enter."""

    principal: Principal
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client gets: an access token in the answer, a refresh token in the cookie."""

    token: str
    expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime
    method: Method


class TokenAnswer(Answer):
    token: str
    expires_at: Moment


class SessionAnswer(Answer):
    """A session as its owner sees it."""

    id: UUID
    device_label: str
    method: Method
    created_at: Moment
    last_used_at: Moment
    is_current: bool
