"""Opaque, signed cursors: a list goes on from the values of its last row."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import orjson

from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.schemas import Page, Pagination
from langagent.settings import Secret

_SIGNATURE_BYTES: Final = 12
Item = TypeVar("Item")


class Cursors:
    """Signs and reads cursors; a forged or foreign one is a validation error."""

    def __init__(self, key: Secret) -> None:
        self._key = hashlib.sha256(b"cursor:" + key.reveal().encode()).digest()

    def encode(self, scope: str, values: Sequence[Any]) -> str:
        """A cursor after the row with ``values``, good only in ``scope`` (the list's name)."""
        payload = orjson.dumps([str(value) for value in values])
        return base64.urlsafe_b64encode(self._sign(scope, payload) + payload).decode().rstrip("=")

    def decode(self, scope: str, cursor: str) -> list[str]:
        """The values of ``encode``.

        Raises: AppError VALIDATION_ERROR.
        """
        try:
            raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except ValueError:
            raise _refused() from None
        signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(scope, payload)):
            raise _refused()
        values: list[str] = orjson.loads(payload)
        return values

    def page(
        self, scope: str, rows: Sequence[Item], limit: int, position: Callable[[Item], Sequence[Any]]
    ) -> Page[Item]:
        """A page of at most ``limit`` of ``rows``, which were fetched with one row more than that."""
        shown = list(rows[:limit])
        has_more = len(rows) > limit
        cursor = self.encode(scope, position(shown[-1])) if has_more else None
        return Page(data=shown, pagination=Pagination(limit=limit, has_more=has_more, next_cursor=cursor))

    def _sign(self, scope: str, payload: bytes) -> bytes:
        return hmac.digest(self._key, scope.encode() + b"\0" + payload, "sha256")[:_SIGNATURE_BYTES]


def _refused() -> AppError:
    return AppError(ErrorCode.VALIDATION_ERROR, details={"cursor": "invalid"})
