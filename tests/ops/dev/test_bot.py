"""Who the bot of a development run talks to."""

from asyncio import to_thread

import pytest

from emulators.telegram.emulator import DEVELOPMENT_BOT, TelegramEmulator
from emulators.telegram.server import serve
from ops.dev import bot
from ops.dev.choices import Telegram
from ops.dev.services import Ports
from ops.errors import ConfigurationError, PreflightError

MADE = {"TELEGRAM_BOT_TOKEN": "1:local", "TELEGRAM_WEBHOOK_SECRET": "made"}
GIVEN = {"TELEGRAM_BOT_TOKEN": "2:real", "TELEGRAM_POLLING": "true", "TELEGRAM_API_URL": "https://api.telegram.org"}
POLLED = Ports(telegram=None)


def test_the_local_telegram_never_sees_a_real_token() -> None:
    variables = MADE | GIVEN | bot.settings(Telegram.EMULATOR, Ports(8001, None, 8082), MADE, GIVEN)
    assert variables["TELEGRAM_POLLING"] == "false"
    assert bot.reached_by(variables) == {
        "TELEGRAM_API_URL": "http://localhost:8082",
        "TELEGRAM_BOT_TOKEN": "1:local",
        "TELEGRAM_WEBHOOK_URL": "http://127.0.0.1:8001/api/webhook",
        "TELEGRAM_WEBHOOK_SECRET": "made",
    }


def test_polling_needs_a_token() -> None:
    with pytest.raises(ConfigurationError, match="TELEGRAM_BOT_TOKEN"):
        bot.settings(Telegram.POLLING, POLLED, MADE, {})


@pytest.mark.parametrize(
    ("wanted", "address", "expected"),
    [
        (Telegram.POLLING, "https://tunnel.example.org", {"APP_URL": "https://tunnel.example.org"}),
        (Telegram.POLLING, "http://localhost:5173", {}),
        (Telegram.EMULATOR, "https://tunnel.example.org", {}),
    ],
)
def test_only_polling_opens_the_app_at_an_address_of_its_own(
    wanted: Telegram, address: str, expected: dict[str, str]
) -> None:
    assert bot.address_of_app(wanted, {"APP_URL": address}) == expected


async def test_polling_takes_nobody_their_webhook() -> None:
    emulator = TelegramEmulator()
    async with serve(emulator) as url:
        given = {"TELEGRAM_BOT_TOKEN": DEVELOPMENT_BOT, "TELEGRAM_API_URL": url}
        polled = await to_thread(bot.settings, Telegram.POLLING, POLLED, MADE, given)
        assert (MADE | given | polled)["TELEGRAM_BOT_TOKEN"] == DEVELOPMENT_BOT
        assert polled["TELEGRAM_POLLING"] == "true"
        emulator.world.webhook.url = "https://example.org/api/webhook"
        with pytest.raises(PreflightError, match="serves https:"):
            await to_thread(bot.settings, Telegram.POLLING, POLLED, MADE, given)
