"""`python -m emulators.telegram`: serve the emulator until interrupted."""

import argparse
import asyncio
import os
import signal
import sys

from emulators.telegram.emulator import DEVELOPMENT_BOT, TelegramEmulator
from emulators.telegram.models import Person
from emulators.telegram.server import serve

PEOPLE = (
    Person(100200300, "Анна", "Смирнова", "anna", "ru"),
    Person(100200301, "Emma", "", "emma", "en"),
    Person(100200302, "Борис", "", "", "ru"),
)


def arguments() -> argparse.Namespace:
    """Return the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m emulators.telegram",
        description="A local Telegram: Bot API and chat page. The bot's token is taken from TELEGRAM_BOT_TOKEN.",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one")
    parser.add_argument("--app-url", default="http://localhost:5173", help="where the Mini App is served")
    return parser.parse_args()


async def run(options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    token = os.environ.get("TELEGRAM_BOT_TOKEN") or DEVELOPMENT_BOT
    emulator = TelegramEmulator(token, app_url=options.app_url)
    for person in PEOPLE:
        emulator.people.add(person)
    async with serve(emulator, options.host, options.port) as url:
        sys.stdout.write(f"Telegram emulator: chat page and Bot API on {url}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    try:
        asyncio.run(run(arguments()))
    except OSError as error:
        sys.exit(f"The Telegram emulator was not started: {error}. Choose another --port.")
