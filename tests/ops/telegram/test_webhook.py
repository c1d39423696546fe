"""The webhook of a bot at the local Telegram, which refuses what the real one refuses."""

from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from emulators.telegram.emulator import DEVELOPMENT_BOT, TelegramEmulator
from emulators.telegram.faults import Fault
from emulators.telegram.models import Person
from emulators.telegram.server import serve
from langagent.telegram.intake.updates import KINDS
from langagent.telegram.intake.webhook import PATH as INTAKE
from ops.errors import ConfigurationError, OpsError
from ops.telegram.access import PATH, Access, access, find_access
from ops.telegram.webhook import ALLOWED_UPDATES, delete_webhook, describe, doubts, set_webhook

NOBODY_LISTENS = "http://127.0.0.1:9/api/webhook"
ANNA = Person(100200300, "Анна", language_code="ru")


@pytest.fixture
def emulator() -> TelegramEmulator:
    emulator = TelegramEmulator()
    emulator.people.add(ANNA)
    return emulator


@pytest.fixture
async def values(emulator: TelegramEmulator) -> AsyncIterator[dict[str, str]]:
    async with serve(emulator) as url:
        yield {
            "TELEGRAM_API_URL": url,
            "TELEGRAM_BOT_TOKEN": DEVELOPMENT_BOT,
            "TELEGRAM_WEBHOOK_URL": NOBODY_LISTENS,
            "TELEGRAM_WEBHOOK_SECRET": "a-secret",
        }


@pytest.fixture
def bot(values: dict[str, str]) -> Access:
    return access(values)


def test_it_asks_for_what_the_product_handles_where_the_product_listens() -> None:
    assert (ALLOWED_UPDATES, PATH) == (KINDS, INTAKE)


async def test_set_keeps_what_waits_and_hands_over_the_secret(bot: Access, emulator: TelegramEmulator) -> None:
    emulator.people.start(ANNA.id)
    state = await to_thread(set_webhook, bot)
    assert (state.url, state.pending, state.allowed_updates) == (NOBODY_LISTENS, 1, ALLOWED_UPDATES)
    assert emulator.world.webhook.secret_token == "a-secret"


async def test_the_last_error_is_told(bot: Access, emulator: TelegramEmulator) -> None:
    emulator.world.webhook.last_error_date = 1_767_225_600
    emulator.world.webhook.last_error_message = "Wrong response from the webhook: 503"
    emulator.world.webhook.url = NOBODY_LISTENS
    emulator.world.updates.allowed = list(ALLOWED_UPDATES)
    state = await to_thread(describe, bot)
    assert list(doubts(bot, state)) == [
        "The last delivery that failed, at 2026-01-01T00:00:00+00:00: Wrong response from the webhook: 503"
    ]


async def test_another_address_and_other_kinds_are_doubted(bot: Access, emulator: TelegramEmulator) -> None:
    emulator.world.webhook.url = "http://127.0.0.1:9/old"
    said = "\n".join(doubts(bot, await to_thread(describe, bot)))
    assert NOBODY_LISTENS in said
    assert "kinds of updates" in said


async def test_delete_keeps_what_waits_and_tells_what_was(bot: Access, emulator: TelegramEmulator) -> None:
    await to_thread(set_webhook, bot)
    emulator.people.start(ANNA.id)
    assert (await to_thread(delete_webhook, bot)).url == NOBODY_LISTENS
    state = await to_thread(describe, bot)
    assert (state.url, state.pending) == ("", 1)
    assert "No webhook is set" in next(doubts(bot, state))


async def test_what_telegram_refuses_is_told_in_its_words(values: dict[str, str]) -> None:
    bot = access(values | {"TELEGRAM_WEBHOOK_URL": "http://example.org/api/webhook"})
    with pytest.raises(ConfigurationError, match="HTTPS URL must be provided") as refused:
        await to_thread(set_webhook, bot)
    assert refused.value.state == "Nothing was changed."


async def test_a_wrong_token_is_told_and_not_shown(values: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="knows no bot") as refused:
        await to_thread(describe, access(values | {"TELEGRAM_BOT_TOKEN": "1:very-secret"}))
    assert "very-secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("flood", seconds=7), "wait 7 s"),
        (Fault("error", status=502), "no answer .*502"),
        (Fault("drop"), "gave no answer"),
    ],
)
async def test_troubles_are_told(bot: Access, emulator: TelegramEmulator, fault: Fault, words: str) -> None:
    emulator.world.faults.add(fault)
    with pytest.raises(OpsError, match=words):
        await to_thread(describe, bot)


def test_nobody_there_is_told_without_the_token() -> None:
    bot = access({"TELEGRAM_API_URL": "http://127.0.0.1:9", "TELEGRAM_BOT_TOKEN": "1:very-secret"})
    with pytest.raises(OpsError, match="gave no answer") as error:
        describe(bot)
    assert "very-secret" not in str(error.value)
    assert error.value.__cause__ is None


@pytest.mark.parametrize("name", ["TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_SECRET"])
async def test_nothing_is_set_without_address_and_secret(
    values: dict[str, str], emulator: TelegramEmulator, name: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} is missing"):
        await to_thread(set_webhook, access(values | {name: ""}))
    assert emulator.world.webhook.url == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"TELEGRAM_BOT_TOKEN": "1:a/../b"},
        {"TELEGRAM_BOT_TOKEN": "1:ok", "TELEGRAM_API_URL": "file:///etc"},
        {"TELEGRAM_BOT_TOKEN": "1:ok", "TELEGRAM_WEBHOOK_SECRET": "not allowed"},
    ],
)
def test_impossible_settings_ask_nobody(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError):
        access(wrong)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_BOT_TOKEN=1:file\nAPI_URL=https://file.example\nTELEGRAM_WEBHOOK_URL=change-me\n")
    assert find_access(file, {}).url == "https://file.example/api/webhook"
    assert find_access(file, {"API_URL": "https://environ.example/"}).url == "https://environ.example/api/webhook"


def test_no_bot_at_all(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="No bot is named"):
        find_access(tmp_path / ".env", {}, tmp_path)
