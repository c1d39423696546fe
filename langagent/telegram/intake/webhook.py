"""POST /api/webhook: Telegram hands over an update (PRODUCT 14.4)."""

import hmac
import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.settings import Secret
from langagent.telegram.intake.service import Inbox
from langagent.telegram.intake.updates import MalformedError, read_update

PATH: Final = "/api/webhook"
BODY_BYTES: Final = 1 << 20
_SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 (a header's name)

logger = logging.getLogger(__name__)


def open_webhook(floor: Floor) -> Route:
    return Webhook(Inbox(floor.database), floor.settings.telegram_webhook_secret).route()


class Webhook:
    """Answers 200 when the update is stored or none of ours; whatever is not Telegram's leaves no trace but a log line.

    Without TELEGRAM_WEBHOOK_SECRET nothing is accepted.
    """

    def __init__(self, inbox: Inbox, secret: Secret) -> None:
        self._inbox = inbox
        self._secret = secret.reveal().encode()

    def route(self) -> Route:
        return Route(PATH, self.receive, methods=["POST"])

    async def receive(self, request: Request) -> Response:
        """Raises: AppError FORBIDDEN, UNSUPPORTED_MEDIA, VALIDATION_ERROR; nothing was stored."""
        given = request.headers.get(_SECRET_HEADER, "").encode()
        if not (self._secret and hmac.compare_digest(given, self._secret)):
            raise _rejected(ErrorCode.FORBIDDEN, "secret")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise _rejected(ErrorCode.UNSUPPORTED_MEDIA, "content type")
        try:
            update = read_update(await request.body())
        except MalformedError as error:
            raise _rejected(ErrorCode.VALIDATION_ERROR, str(error)) from None
        if update is not None:
            await self._inbox.add(update)
        return Response()


def _rejected(code: ErrorCode, reason: str) -> AppError:
    logger.warning("webhook call rejected", extra={"event": "webhook_rejected", "outcome": code.value, "error": reason})
    return AppError(code)
