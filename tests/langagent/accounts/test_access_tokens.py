"""Access tokens: what is genuine, for how long, under which keys."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import jwt
import pytest

from langagent.accounts.sessions.access_tokens import AccessTokens, key_id
from langagent.core.errors import AppError
from langagent.settings import Secret, Settings
from tests.langagent.conftest import FrozenClock

OLD: Final = "an-old-secret-key-of-thirty-two-bytes"
NEW: Final = "a-new-secret-key-of-thirty-two-bytes!"
USER, SESSION = uuid4(), uuid4()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def tokens(clock: FrozenClock) -> AccessTokens:
    return AccessTokens(Settings(secret_key=Secret(OLD)), clock)


def code_of(tokens: AccessTokens, token: str) -> str:
    with pytest.raises(AppError) as refusal:
        tokens.verify(token)
    return refusal.value.code.value


def forged(clock: FrozenClock, key: str = OLD, headers: dict[str, Any] | None = None, **claims: Any) -> str:
    now = int(clock().timestamp())
    whole = {
        "sub": str(USER), "sid": str(SESSION), "iat": now, "exp": now + 60, "iss": "langagent", "aud": "langagent-web"
    } | claims  # fmt: skip
    kept = {name: value for name, value in whole.items() if value is not None}
    return jwt.encode(kept, key, algorithm="HS256", headers={"kid": key_id(OLD)} | (headers or {}))


def test_a_token_names_the_learner_and_the_session(tokens: AccessTokens, clock: FrozenClock) -> None:
    token, expires_at = tokens.issue(USER, SESSION)
    claims = tokens.verify(token)
    assert (claims.user_id, claims.session_id) == (USER, SESSION)
    assert expires_at == clock() + timedelta(minutes=30)
    assert set(jwt.decode(token, options={"verify_signature": False})) == {"sub", "sid", "iat", "exp", "iss", "aud"}
    assert jwt.get_unverified_header(token)["kid"] == key_id(OLD)


@pytest.mark.parametrize(("late_s", "is_expired"), [(29, False), (30, True)])
def test_it_expires_with_half_a_minute_of_leeway(
    tokens: AccessTokens, clock: FrozenClock, late_s: int, is_expired: bool
) -> None:
    token, _ = tokens.issue(USER, SESSION)
    tokens.verify(token)
    clock.advance(timedelta(minutes=30, seconds=late_s))
    if is_expired:
        assert code_of(tokens, token) == "TOKEN_EXPIRED"
    else:
        assert tokens.verify(token).user_id == USER


def test_a_rotated_key_keeps_sessions_until_it_is_dropped(tokens: AccessTokens, clock: FrozenClock) -> None:
    token, _ = tokens.issue(USER, SESSION)
    rotated = Settings(secret_key=Secret(NEW), secret_key_previous=Secret(OLD))
    assert AccessTokens(rotated, clock).verify(token).session_id == SESSION
    assert jwt.get_unverified_header(AccessTokens(rotated, clock).issue(USER, SESSION)[0])["kid"] == key_id(NEW)
    dropped = replace(rotated, secret_key_previous=Secret(""))
    assert code_of(AccessTokens(dropped, clock), token) == "AUTH_FAILED"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "somebody"},
        {"aud": "another-app"},
        {"sub": "not-a-uuid"},
        {"sub": None},
        {"sid": None},
        {"iat": None},
        {"exp": None},
        {"exp": "soon"},
        {"aud": None},
    ],
)
def test_foreign_claims_are_refused(tokens: AccessTokens, clock: FrozenClock, claims: dict[str, Any]) -> None:
    assert code_of(tokens, forged(clock, **claims)) == "AUTH_FAILED"


def test_a_token_from_the_future_is_refused(tokens: AccessTokens, clock: FrozenClock) -> None:
    assert code_of(tokens, forged(clock, iat=int(clock().timestamp()) + 31)) == "AUTH_FAILED"


def test_another_key_under_our_name_is_refused(tokens: AccessTokens, clock: FrozenClock) -> None:
    assert code_of(tokens, forged(clock, key=NEW)) == "AUTH_FAILED"


@pytest.mark.parametrize("kid", ["", "00000000", "../../etc/passwd"])
def test_unknown_key_names_are_refused(tokens: AccessTokens, clock: FrozenClock, kid: str) -> None:
    assert code_of(tokens, forged(clock, headers={"kid": kid})) == "AUTH_FAILED"


def test_an_unsigned_token_is_refused(tokens: AccessTokens, clock: FrozenClock) -> None:
    claims = jwt.decode(forged(clock), options={"verify_signature": False})
    unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": key_id(OLD)})
    assert code_of(tokens, unsigned) == "AUTH_FAILED"


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "ä.ö.ü", "x" * 5000, "e30.e30.", "bnVsbA.bnVsbA.x"])
def test_garbage_is_refused(tokens: AccessTokens, token: str) -> None:
    assert code_of(tokens, token) == "AUTH_FAILED"
