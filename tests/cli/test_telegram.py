"""`langagent telegram` as the owner types it, against the local Telegram."""

from asyncio import to_thread
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.server import serve
from tests.cli.command import documents, run

TOKEN = "4242:very-secret"
URL = "http://127.0.0.1:9/api/webhook"

Telegram = Callable[..., Coroutine[Any, Any, "CompletedProcess[str]"]]


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    """Runs `langagent telegram …` with a .env of its own."""
    async with serve(TelegramEmulator(TOKEN)) as api:
        file = tmp_path / ".env"
        file.write_text(
            f"TELEGRAM_BOT_TOKEN={TOKEN}\nTELEGRAM_API_URL={api}\n"
            f"TELEGRAM_WEBHOOK_URL={URL}\nTELEGRAM_WEBHOOK_SECRET=a-secret\n"
        )

        async def telegram(*arguments: str) -> "CompletedProcess[str]":
            return await to_thread(run, "telegram", *arguments, "--file", str(file))

        yield telegram


async def test_a_webhook_is_set_shown_and_deleted(telegram: Telegram) -> None:
    told = [await telegram(*words) for words in (("set",), ("info",), ("delete", "--yes"), ("info",))]
    assert [done.returncode for done in told] == [0, 0, 0, 0]
    assert URL in told[0].stdout
    assert URL in told[1].stdout
    assert not told[1].stderr
    assert f"it was {URL}" in told[2].stdout
    assert "No webhook is set" in told[3].stderr
    assert "very-secret" not in "".join(done.stdout + done.stderr for done in told)


async def test_info_as_a_document(telegram: Telegram) -> None:
    result = documents((await telegram("info", "--json")).stdout)[0]
    assert (result["bot"], result["url"], result["pending"]) == ("langagent_dev_bot", "", 0)


async def test_delete_asks_before(telegram: Telegram) -> None:
    done = await telegram("delete")
    assert done.returncode == 2
    assert "nothing was changed" in done.stderr
