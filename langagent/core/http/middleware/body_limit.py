"""Bodies are counted while they stream, and refused before they are whole."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from langagent.core.errors import AppError, ErrorCode

DEFAULT_BYTES: Final = 64 * 1024


class BodyLimit:
    """``limits``: bytes by exact path, where they differ from the default."""

    def __init__(self, app: ASGIApp, *, limits: dict[str, int]) -> None:
        self.app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limits.get(scope["path"], DEFAULT_BYTES)
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if declared.isdigit() and int(declared) > limit:
            raise AppError(ErrorCode.PAYLOAD_TOO_LARGE, details={"max_bytes": limit})
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise AppError(ErrorCode.PAYLOAD_TOO_LARGE, details={"max_bytes": limit})
            return message

        await self.app(scope, counted, send)
