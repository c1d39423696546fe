"""python-telegram-bot behind a Starlette route, with 256 updates at once."""

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
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    person = update.effective_chat.id
    await move_on(context.bot_data["states"], person)
    await update.message.reply_text(str(await count(context.bot_data["pool"], person)))


async def receive(request: Request) -> Response:
    bot = request.app.state.bot
    await bot.update_queue.put(Update.de_json(orjson.loads(await request.body()), bot.bot))
    return Response()


async def live(_: Request) -> Response:
    return Response()


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    built = Application.builder().token(TOKEN).base_url(f"{API_URL}/bot").updater(None).concurrent_updates(True)
    bot = built.connection_pool_size(64).pool_timeout(60).build()
    bot.add_handler(MessageHandler(filters.TEXT, answer))
    bot.bot_data.update(pool=await open_pool(), states=open_redis())
    app.state.bot = bot
    async with bot:
        await bot.start()
        yield
        await bot.stop()


if __name__ == "__main__":
    routes = [Route("/api/webhook", receive, methods=["POST"]), Route("/live", live)]
    app = Starlette(routes=routes, lifespan=lifespan)
    uvicorn.run(app, host="127.0.0.1", port=PORT, access_log=False, log_level="warning", loop="uvloop")
