"""aiogram 3 with its webhook server and its Redis storage."""

# mypy: ignore-errors
# It runs where our checker is not.

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from common import API_URL, PORT, TOKEN, count, open_pool, open_redis


async def answer(message: Message, state: FSMContext, pool) -> None:
    await state.get_state()
    await state.set_state("talking")
    await message.answer(str(await count(pool, message.chat.id)))


async def live(_: web.Request) -> web.Response:
    return web.Response()


async def build() -> web.Application:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(API_URL)))
    dispatcher = Dispatcher(storage=RedisStorage(open_redis(), state_ttl=3600), pool=await open_pool())
    dispatcher.message.register(answer)
    app = web.Application()
    app.router.add_get("/live", live)
    SimpleRequestHandler(dispatcher, bot).register(app, path="/api/webhook")
    setup_application(app, dispatcher, bot=bot)
    return app


if __name__ == "__main__":
    web.run_app(build(), host="127.0.0.1", port=PORT, access_log=None, print=None, loop=uvloop.new_event_loop())
