"""Where alerts go: any service that Apprise knows, or a Telegram chat through the product's own bot."""

import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from langagent.settings import Secret
from ops.errors import OpsError
from ops.telegram.api import BotApi

TELEGRAM_CHARACTERS = 4096


class Level(StrEnum):
    """How much a message matters; the values are Apprise's."""

    INFO = "info"
    GOOD = "success"
    WARNING = "warning"
    BAD = "failure"


class ChannelError(OpsError):
    """A channel did not take a message. The text never has its address, which may hold a secret."""


class Channel(Protocol):
    """One way to reach the owner."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    def send(self, title: str, body: str, level: Level) -> None:
        """Deliver a message, within seconds.

        Raises:
            OpsError: it was not taken.
        """


@dataclass(frozen=True, slots=True)
class AppriseChannel:
    """The address number `position` of ALERT_URLS, counted from one."""

    url: Secret
    position: int

    @property
    def name(self) -> str:
        scheme, colon, _ = self.url.reveal().partition("://")
        return f"number {self.position} of ALERT_URLS ({scheme if colon else 'no address'})"

    def send(self, title: str, body: str, level: Level) -> None:
        import apprise

        logging.getLogger("apprise").disabled = True  # it names addresses
        service = apprise.Apprise.instantiate(self.url.reveal())
        if service is None:
            raise ChannelError(
                f"{self.name} is no address that Apprise knows.",
                next_command="compare it with the list of services in Apprise's documentation",
            )
        if not service.notify(title=title, body=body, notify_type=apprise.NotifyType(level.value)):
            raise ChannelError(f"{self.name} refused the message or does not answer.", next_command="check its address")


@dataclass(frozen=True, slots=True)
class TelegramChannel:
    """A chat that a bot of the server (TELEGRAM_API_URL) may write to."""

    server: str
    token: Secret
    chat_id: str
    name: str = "Telegram (ALERT_TELEGRAM_CHAT_ID)"

    def send(self, title: str, body: str, level: Level) -> None:  # noqa: ARG002 - chats know no levels
        chat = int(self.chat_id) if self.chat_id.lstrip("-").isdecimal() else self.chat_id
        text = f"{title}\n\n{body}".strip()[:TELEGRAM_CHARACTERS]
        BotApi(self.server, self.token).call("sendMessage", chat_id=chat, text=text)
