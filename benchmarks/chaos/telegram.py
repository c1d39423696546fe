"""A Bot API that notes each message it was given; `GET /sent` counts them by chat and text."""

from collections import Counter

import orjson
from starlette.types import Receive, Scope, Send

from benchmarks.intake.fake import RESULTS, read_body, respond


class Telegram:
    """An ASGI application."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        method = scope["path"].rpartition("/")[2]
        body = await read_body(receive)
        if method == "sent":
            await respond(send, self.sent)
            return
        if method == "sendMessage":
            message = orjson.loads(body)
            self.sent[f"{message['chat_id']} {message['text']}"] += 1
        await respond(send, {"ok": True, "result": RESULTS.get(method, True)})


def create_app() -> Telegram:
    return Telegram()
