"""A Bot API that says yes at once, and counts messages: `GET /sent` gives how many and when the last one came."""

import time
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

BOT = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
CHAT = {"id": 1, "type": "private", "first_name": "Ann"}
MESSAGE = {"message_id": 1, "date": 1_767_225_600, "chat": CHAT, "from": BOT, "text": "ok"}
RESULTS = {"getMe": BOT, "sendMessage": MESSAGE, "getMyCommands": [], "getWebhookInfo": {"url": ""}}


class Fake:
    """An ASGI application."""

    def __init__(self) -> None:
        self.sent = 0
        self.last = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        method = scope["path"].rpartition("/")[2]
        await read_body(receive)
        if method == "sendMessage":
            self.sent += 1
            self.last = time.monotonic()
        counted = {"sent": self.sent, "last": self.last}
        await respond(send, counted if method == "sent" else {"ok": True, "result": RESULTS.get(method, True)})


async def read_body(receive: Receive) -> bytes:
    """Return the whole body of a request."""
    parts, more = [], True
    while more:
        event = await receive()
        parts.append(event.get("body", b""))
        more = event.get("more_body", False)
    return b"".join(parts)


async def respond(send: Send, answer: Any) -> None:
    """Answer with JSON."""
    content = orjson.dumps(answer)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def create_app() -> Fake:
    return Fake()
