"""The webhook: set with its secret, described as Telegram sees it, deleted; waiting updates are never dropped."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

from ops.errors import ConfigurationError, VerificationError
from ops.telegram.access import PATH, Access

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")


@dataclass(frozen=True, slots=True)
class State:
    """What Telegram says of a bot; `url` is empty when no webhook is set, times are of the UTC."""

    bot: str
    url: str
    pending: int
    allowed_updates: tuple[str, ...] = ()
    last_error: str = ""
    last_error_at: str = ""

    @classmethod
    def read(cls, bot: Mapping[str, Any], info: Mapping[str, Any]) -> Self:
        """Make the state of what getMe and getWebhookInfo answer."""
        date = info.get("last_error_date")
        return cls(
            bot=str(bot["username"]),
            url=str(info["url"]),
            pending=int(info["pending_update_count"]),
            allowed_updates=tuple(info.get("allowed_updates", ())),
            last_error=str(info.get("last_error_message", "")),
            last_error_at=datetime.fromtimestamp(date, UTC).isoformat() if date else "",
        )

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def describe(access: Access) -> State:
    """Ask Telegram.

    Raises:
        OpsError: it does not answer, or refuses the token.
    """
    return State.read(access.api.call("getMe"), access.api.call("getWebhookInfo"))


def set_webhook(access: Access) -> State:
    """Have updates delivered to the address of the settings, and return what Telegram says then.

    Raises:
        ConfigurationError: address or secret is missing, or Telegram refuses them; nothing was changed.
        VerificationError: Telegram agreed and shows another address.
        OpsError: Telegram does not answer.
    """
    _require("TELEGRAM_WEBHOOK_URL", access.url)
    _require("TELEGRAM_WEBHOOK_SECRET", access.secret.reveal())
    access.api.call(
        "setWebhook",
        url=access.url,
        secret_token=access.secret.reveal(),
        allowed_updates=ALLOWED_UPDATES,
        drop_pending_updates=False,
    )
    state = describe(access)
    if state.url != access.url:
        raise VerificationError(
            f"Telegram delivers to {state.url or 'nowhere'}, although it agreed to {access.url}.",
            state="Somebody else may be setting the same bot's webhook.",
            next_command="langagent telegram info",
        )
    return state


def delete_webhook(access: Access) -> State:
    """Have updates wait at Telegram, and return what was set before.

    Raises:
        OpsError: Telegram does not answer, or refuses the token.
    """
    before = describe(access)
    access.api.call("deleteWebhook", drop_pending_updates=False)
    return before


def doubts(access: Access, state: State) -> Iterator[str]:
    """Yield what is not as the settings ask for; silent when all is well."""
    if not state.url:
        yield "No webhook is set: updates wait at Telegram for 24 hours. `langagent telegram set` sets it."
        return
    if access.url and state.url != access.url:
        yield f"The settings ask for {access.url}. `langagent telegram set` sets that."
    if access.url and set(state.allowed_updates) != set(ALLOWED_UPDATES):
        yield "Telegram does not deliver the kinds of updates that this release handles; run `langagent telegram set`."
    if state.last_error:
        yield f"The last delivery that failed, at {state.last_error_at}: {state.last_error}"


def _require(name: str, value: str) -> None:
    if not value:
        hint = f"API_URL and {PATH}" if name.endswith("URL") else "openssl rand -hex 32"
        raise ConfigurationError(f"{name} is missing.", state="Nothing was changed.", next_command=f"set it: {hint}")
