"""AsyncTeleBot behind a bare Starlette route: everything inside the request, nothing promised after a crash."""

# mypy: ignore-errors
# It runs where our checker is not.

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
import uvicorn
from common import API_URL, PORT, TOKEN, count, move_on, open_pool, open_redis
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telebot import asyncio_helper, types
from telebot.async_telebot import AsyncTeleBot

asyncio_helper.API_URL = API_URL + "/bot{0}/{1}"


async def receive(request: Request) -> Response:
    update = types.Update.de_json(orjson.loads(await request.body()))
    await request.app.state.bot.process_new_updates([update])
    return Response()


async def live(_: Request) -> Response:
    return Response()


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    bot, pool, states = AsyncTeleBot(TOKEN), await open_pool(), open_redis()

    @bot.message_handler(content_types=["text"])
    async def answer(message: types.Message) -> None:
        await move_on(states, message.chat.id)
        await bot.send_message(message.chat.id, str(await count(pool, message.chat.id)))

    app.state.bot = bot
    yield
    await bot.close_session()


if __name__ == "__main__":
    routes = [Route("/api/webhook", receive, methods=["POST"]), Route("/live", live)]
    app = Starlette(routes=routes, lifespan=lifespan)
    uvicorn.run(app, host="127.0.0.1", port=PORT, access_log=False, log_level="warning", loop="uvloop")
