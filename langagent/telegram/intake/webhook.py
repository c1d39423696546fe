"""POST /api/webhook: Telegram hands over an update (PRODUCT 14.4)."""

import hmac
import logging
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from langagent.core.floor import Floor
from langagent.core.logging import redact
from langagent.core.metrics import HTTP_REQUESTS, HTTP_SECONDS
from langagent.settings import Secret
from langagent.telegram.intake.service import Inbox
from langagent.telegram.intake.updates import MalformedError, read_update

PATH: Final = "/api/webhook"
BODY_BYTES: Final = 1 << 20
_SECRET_HEADER: Final = b"x-telegram-bot-api-secret-token"
_SECONDS: Final = HTTP_SECONDS.labels(PATH)

logger = logging.getLogger(__name__)


class RejectedError(Exception):
    """What came is not Telegram's, or no update."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def webhook(floor: Floor) -> Middleware:
    """To be the outermost: an update costs no more than its own few steps."""
    return Middleware(Webhook, inbox=Inbox(floor.database), secret=floor.settings.telegram_webhook_secret)


class Webhook:
    """Answers 200 when the update is stored or none of ours, 503 when Telegram must send it again.

    What is not Telegram's leaves no trace but a log line. Without TELEGRAM_WEBHOOK_SECRET nothing is accepted.
    """

    def __init__(self, app: ASGIApp, *, inbox: Inbox, secret: Secret) -> None:
        self.app = app
        self._inbox = inbox
        self._secret = secret.reveal().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = await self._answer(scope, receive)
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})
        HTTP_REQUESTS.labels(PATH, "POST", status.value).inc()
        _SECONDS.observe(time.perf_counter() - started)

    async def _answer(self, scope: Scope, receive: Receive) -> HTTPStatus:
        try:
            await self._take(scope["headers"], receive)
        except RejectedError as rejection:
            details = {"event": "webhook_rejected", "status": rejection.status.value, "error": str(rejection)}
            logger.warning("webhook call rejected", extra=details)
            return rejection.status
        except Exception as error:  # whatever kept the update from being stored, Telegram shall send it again
            details = {"event": "update_not_stored", "error": redact(f"{type(error).__name__}: {error}")}
            logger.warning("update not stored", extra=details)
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK

    async def _take(self, headers: Iterable[tuple[bytes, bytes]], receive: Receive) -> None:
        given = dict(headers)
        if not (self._secret and hmac.compare_digest(given.get(_SECRET_HEADER, b""), self._secret)):
            raise RejectedError(HTTPStatus.FORBIDDEN, "secret")
        if given.get(b"content-type", b"").partition(b";")[0].strip().lower() != b"application/json":
            raise RejectedError(HTTPStatus.BAD_REQUEST, "content type")
        try:
            update = read_update(await _body(receive))
        except MalformedError as error:
            raise RejectedError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from None
        if update is not None:
            await self._inbox.add(update)


async def _body(receive: Receive) -> bytes:
    """The whole body, refused as soon as it is too long."""
    parts, length, more = [], 0, True
    while more:
        message = await receive()
        part: bytes = message.get("body", b"")
        length += len(part)
        if length > BODY_BYTES:
            raise RejectedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "length")
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)
