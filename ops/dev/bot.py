"""The bot of a development run: at the local Telegram with a webhook, or at Telegram itself by polling."""

from collections.abc import Mapping

from ops.dev.choices import Telegram
from ops.dev.services import HOST, TELEGRAM, Ports
from ops.errors import ConfigurationError, PreflightError
from ops.events import Event
from ops.telegram.access import PATH, access
from ops.telegram.webhook import describe, set_webhook

_REACHED_BY = ("TELEGRAM_API_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_SECRET")


def settings(wanted: Telegram, ports: Ports, made: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the bot's settings; only polling uses the token that the developer gives.

    Raises:
        ConfigurationError: polling without a token.
        PreflightError: the bot serves somebody else by a webhook.
    """
    if wanted is Telegram.POLLING:
        _require_idle(given)
        return {"TELEGRAM_POLLING": "true", "TELEGRAM_WEBHOOK_URL": ""}
    return {
        "TELEGRAM_POLLING": "false",
        "TELEGRAM_API_URL": f"http://localhost:{ports.telegram}",
        "TELEGRAM_BOT_TOKEN": made["TELEGRAM_BOT_TOKEN"],
        "TELEGRAM_WEBHOOK_URL": f"http://{HOST}:{ports.app}{PATH}",
        "TELEGRAM_WEBHOOK_SECRET": made["TELEGRAM_WEBHOOK_SECRET"],
    }


def address_of_app(wanted: Telegram, given: Mapping[str, str]) -> dict[str, str]:
    """Return the developer's own https address of the app: Telegram's buttons open no other."""
    address = given.get("APP_URL", "")
    return {"APP_URL": address} if wanted is Telegram.POLLING and address.startswith("https://") else {}


def reached_by(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the settings by which other commands find the bot."""
    return {name: variables[name] for name in _REACHED_BY if name in variables}


def has_appeared(event: Event) -> bool:
    """Say whether the local Telegram is ready, for the first time or again: it keeps nothing over a restart."""
    return event.kind == "service" and (event.data["service"], event.data["state"]) == (TELEGRAM, "ready")


def connect(variables: Mapping[str, str]) -> Event:
    """Have the local Telegram deliver to the app, and tell of it."""
    state = set_webhook(access(variables))
    return Event("phase", f"@{state.bot} hears what people write at {variables['TELEGRAM_API_URL']}")


def _require_idle(given: Mapping[str, str]) -> None:
    if not given.get("TELEGRAM_BOT_TOKEN"):
        raise ConfigurationError(
            "--telegram polling needs a bot of your own: TELEGRAM_BOT_TOKEN in the environment or in .env.",
            state="Nothing was started.",
            next_command="langagent dev up (without --telegram: a local Telegram)",
        )
    state = describe(access(given))
    if state.url:
        raise PreflightError(
            f"@{state.bot} serves {state.url} by a webhook, which polling would have to take away.",
            state="Nothing was started.",
            next_command="use another bot, or `langagent telegram delete`",
        )
