"""What a refresh token proves about its session; pure."""

import hmac
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from langagent.accounts.sessions.models import Session
from langagent.accounts.sessions.refresh_tokens import RefreshToken

GRACE: Final = timedelta(seconds=10)
ABSOLUTE_LIFE: Final = timedelta(days=30)


class Verdict(Enum):
    """What to do with a refresh token."""

    ROTATE = auto()
    REPEAT = auto()
    REUSED = auto()
    ENDED = auto()


def judge(session: Session, token: RefreshToken, now: datetime) -> Verdict:
    """REPEAT: the last rotation's answer was lost or two tabs met. REUSED: an old token, so somebody has a copy."""
    if session.revoked_at is not None or session.expires_at <= now:
        return Verdict.ENDED
    digest = token.digest()
    if hmac.compare_digest(digest, session.refresh_hash):
        return Verdict.ROTATE
    is_previous = session.previous_hash is not None and hmac.compare_digest(digest, session.previous_hash)
    if is_previous and session.rotated_at is not None and now - session.rotated_at <= GRACE:
        return Verdict.REPEAT
    return Verdict.REUSED
