"""X-Request-ID: accepted when it is safe, made otherwise, echoed always."""

import re
from random import getrandbits
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from langagent.core.logging import request_id

_SAFE: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class RequestId:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        found = given.decode() if _SAFE.fullmatch(given) else f"{getrandbits(128):032x}"
        scope["state"] = {**scope.get("state", {}), "request_id": found}
        token = request_id.set(found)

        async def echo(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", found.encode())]
            await send(message)

        try:
            await self.app(scope, receive, echo)
        finally:
            request_id.reset(token)
