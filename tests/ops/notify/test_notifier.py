"""Messages reach real receivers; a channel that fails is named, harms nobody and keeps its address to itself."""

from asyncio import to_thread
from pathlib import Path

import pytest

from emulators.telegram.emulator import DEVELOPMENT_BOT, TelegramEmulator
from emulators.telegram.models import Person
from emulators.telegram.server import serve
from ops.notify.channels import Level
from ops.notify.notifier import Delivery, Notifier, find_notifier
from tests.ops.notify.receiver import Receiver

OWNER = Person(100200300, "Anna")


def notifier(**variables: str) -> Notifier:
    return find_notifier(Path("/nowhere/.env"), variables)


def test_a_message_comes_with_its_level_and_the_name_of_the_installation(receiver: Receiver) -> None:
    sender = notifier(ALERT_URLS=receiver.apprise_url, APP_URL="https://tutor.example/app")
    assert sender.send("Backup needs attention", "No space.", Level.BAD) == [Delivery(sender.channels[0].name)]
    (message,) = receiver.messages
    assert (message["title"], message["message"]) == ("tutor.example: Backup needs attention", "No space.")
    assert message["type"] == "failure"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("json://user:very-secret@127.0.0.1:9/", "refused the message or does not answer"),
        ("nonsense://very-secret@host", "no address that Apprise knows"),
        ("very-secret", "no address that Apprise knows"),
    ],
)
def test_a_channel_that_fails_is_named_without_its_address(
    receiver: Receiver, address: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = notifier(ALERT_URLS=f"{address}\n {receiver.apprise_url}").send("title", "body")
    assert words in bad.problem
    assert "number 1 of ALERT_URLS" in bad.channel
    assert "secret" not in f"{bad}{good}{caplog.text}"
    assert good.problem == ""
    assert receiver.titles == ["title"]


def test_a_receiver_that_answers_with_an_error_has_failed(receiver: Receiver) -> None:
    receiver.status = 500
    (delivery,) = notifier(ALERT_URLS=receiver.apprise_url).send("title", "body")
    assert "refused" in delivery.problem


async def test_the_bot_itself_writes_to_a_chat() -> None:
    emulator = TelegramEmulator()
    emulator.people.add(OWNER)
    emulator.people.start(OWNER.id)
    async with serve(emulator) as url:
        bot = {"TELEGRAM_API_URL": url, "TELEGRAM_BOT_TOKEN": DEVELOPMENT_BOT}
        sender = notifier(ALERT_TELEGRAM_CHAT_ID=str(OWNER.id), **bot)
        (delivery,) = await to_thread(sender.send, "Drill needs attention", "x" * 5000)
    assert delivery.problem == ""
    written = emulator.people.chat(OWNER.id).messages.values()
    (message,) = [message.json() for message in written if message.sender["is_bot"]]
    assert message["text"].startswith("Drill needs attention\n\nxxx")


async def test_a_chat_that_the_bot_may_not_write_to_is_told() -> None:
    async with serve(TelegramEmulator()) as url:
        bot = {"TELEGRAM_API_URL": url, "TELEGRAM_BOT_TOKEN": DEVELOPMENT_BOT}
        (delivery,) = await to_thread(notifier(ALERT_TELEGRAM_CHAT_ID="4711", **bot).send, "title", "body")
    assert "chat not found" in delivery.problem


def test_a_chat_without_a_bot_is_told_when_it_is_written_to() -> None:
    (delivery,) = notifier(ALERT_TELEGRAM_CHAT_ID="4711").send("title", "body")
    assert "TELEGRAM_BOT_TOKEN" in delivery.problem
