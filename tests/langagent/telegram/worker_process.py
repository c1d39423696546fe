"""A worker of the bot as a process of its own, whose handler hangs in the middle of its transaction."""

import asyncio
import sys

from langagent.core.chat.context import Chat
from langagent.core.chat.registry import Registry
from langagent.core.clock import system_clock
from langagent.core.floor import Floor
from langagent.settings import Secret, Settings
from tests.langagent.telegram.counting import Counting
from tests.langagent.telegram.talk import working


def hanging(floor: Floor) -> Registry:
    counting, registry = Counting(floor.database), Registry()

    async def hang(chat: Chat) -> None:
        await counting.count(chat)
        sys.stdout.write("in hand\n")
        sys.stdout.flush()
        await asyncio.Event().wait()

    registry.command("count", hang)
    return registry


async def work(settings: Settings) -> None:
    async with working(settings, system_clock, hanging):
        await asyncio.Event().wait()


def arguments(settings: Settings) -> list[str]:
    """What `main` needs on its command line."""
    return [settings.database_url.reveal(), settings.redis_url.reveal(), settings.telegram_api_url]


def main() -> None:
    database_url, redis_url, api_url = sys.argv[1:]
    settings = Settings(
        database_url=Secret(database_url),
        redis_url=Secret(redis_url),
        secret_key=Secret("another-key-of-thirty-two-bytes!!"),
        trial_hash_key=Secret("another-key-of-thirty-two-bytes!!"),
        telegram_bot_token=Secret("123456:TEST-TOKEN"),
        telegram_api_url=api_url,
    )
    asyncio.run(work(settings))
