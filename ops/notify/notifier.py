"""Tell the owner something through every channel there is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from langagent.settings import SETTINGS, Secret
from ops.environment import dotenv
from ops.environment.example import PLACEHOLDER
from ops.errors import OpsError
from ops.notify.channels import AppriseChannel, Channel, Level, TelegramChannel

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message in one channel; `problem` is empty when it was taken."""

    channel: str
    problem: str = ""


class Notifier:
    """The channels of an installation, whose name stands before every title.

    A channel that fails, in whatever way, is named in the answer; it never disturbs the work that is told of.
    """

    def __init__(self, channels: Sequence[Channel], source: str = "") -> None:
        self.channels = channels
        self._source = source

    def send(self, title: str, body: str, level: Level = Level.INFO) -> list[Delivery]:
        """Send a message through every channel and return what became of it in each."""
        shown = f"{self._source}: {title}" if self._source else title
        return [_delivered(channel, shown, body, level) for channel in self.channels]


def find_notifier(file: Path, environ: Mapping[str, str]) -> Notifier:
    """Read the channels from the variables, those of the environment before those of the file.

    Raises:
        ConfigurationError: the file cannot be read.
    """
    values = {name: value for name, value in {**dotenv.read(file), **environ}.items() if PLACEHOLDER not in value}
    return Notifier(list(_channels(values)), urlsplit(values.get("APP_URL", "")).hostname or "")


def _channels(values: Mapping[str, str]) -> Iterator[Channel]:
    for position, url in enumerate(values.get("ALERT_URLS", "").split(), 1):
        yield AppriseChannel(Secret(url), position)
    if chat_id := values.get("ALERT_TELEGRAM_CHAT_ID", "").strip():
        server = values.get("TELEGRAM_API_URL") or str(_DEFAULTS["TELEGRAM_API_URL"])
        yield TelegramChannel(server, Secret(values.get("TELEGRAM_BOT_TOKEN", "")), chat_id)


def _delivered(channel: Channel, title: str, body: str, level: Level) -> Delivery:
    try:
        channel.send(title, body, level)
    except OpsError as error:
        return Delivery(channel.name, error.message)
    except Exception as error:  # whatever a service's plug-in raises; its text may have the address
        return Delivery(channel.name, f"{channel.name} failed: {type(error).__name__}.")
    return Delivery(channel.name)
