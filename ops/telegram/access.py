"""Which bot a command means, and how it is reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from langagent.settings import SETTINGS, Secret
from ops.dev.project import find_project
from ops.dev.state import find_running
from ops.environment import dotenv
from ops.environment.example import PLACEHOLDER
from ops.errors import ConfigurationError, PreflightError
from ops.telegram.api import BotApi

PATH = "/api/webhook"
_SETTINGS = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Access:
    """A bot, and the webhook that its settings ask for; `url` and `secret` may be empty."""

    api: BotApi
    url: str
    secret: Secret


def find_access(file: Path, environ: Mapping[str, str], state: Path | None = None) -> Access:
    """Read the variables, those of the environment before those of the file, else of the `dev up` that runs.

    Raises:
        ConfigurationError: no bot is named anywhere, or its token cannot be one.
    """
    values = {name: value for name, value in {**dotenv.read(file), **environ}.items() if PLACEHOLDER not in value}
    if not values.get("TELEGRAM_BOT_TOKEN"):
        values = dict(_of_development(state))
    if not values:
        raise ConfigurationError(
            f"No bot is named: TELEGRAM_BOT_TOKEN is neither in the environment nor in {file}, and no `dev up` runs.",
            state="Telegram was not asked.",
            next_command=f"edit {file} (the token comes from @BotFather)",
        )
    return access(values)


def access(values: Mapping[str, str]) -> Access:
    """Return the access that settings give.

    Raises:
        ConfigurationError: the token or the secret has a form that Telegram does not know.
    """
    url = values.get("TELEGRAM_WEBHOOK_URL") or _beside_api(values.get("API_URL", ""))
    server = values.get("TELEGRAM_API_URL") or str(_SETTINGS["TELEGRAM_API_URL"].default)
    return Access(BotApi(server, Secret(values.get("TELEGRAM_BOT_TOKEN", ""))), url, _secret(values))


def _beside_api(api_url: str) -> str:
    return f"{api_url.rstrip('/')}{PATH}" if api_url else ""


def _secret(values: Mapping[str, str]) -> Secret:
    setting = _SETTINGS["TELEGRAM_WEBHOOK_SECRET"]
    secret = Secret(values.get(setting.name, ""))
    problem = setting.check(secret) if secret.reveal() and setting.check else None
    if problem:
        raise ConfigurationError(f"{setting.name} {problem}.", state="Telegram was not asked.")
    return secret


def _of_development(state: Path | None) -> Mapping[str, str]:
    try:
        running = find_running(find_project(state))
    except PreflightError:
        return {}
    return running.bot if running else {}
