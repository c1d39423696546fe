"""The Bot API, one call after another; the token is never shown."""

import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

from langagent.settings import Secret
from ops.errors import ConfigurationError, OpsError

TIMEOUT_SECONDS = 10.0
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)


class BotApi:
    """One bot at one server.

    Raises:
        ConfigurationError: the token cannot be one, or the server's address is none.
    """

    def __init__(self, server: str, token: Secret) -> None:
        if not _TOKEN.fullmatch(token.reveal()):
            raise ConfigurationError(
                "TELEGRAM_BOT_TOKEN has not the form of a token, NUMBER:LETTERS.",
                state="Telegram was not asked.",
                next_command="copy it again from @BotFather",
            )
        if not server.startswith(("http://", "https://")):
            raise ConfigurationError(f"TELEGRAM_API_URL is not an http address: {server}.")
        self.server = server.rstrip("/")
        self._token = token

    def call(self, method: str, **parameters: Any) -> Any:
        """Return the result of a method.

        Raises:
            ConfigurationError: Telegram refuses the token or the parameters; nothing was changed.
            OpsError: no usable answer came.
        """
        request = urllib.request.Request(  # noqa: S310 - http and https only, see above
            f"{self.server}/bot{self._token.reveal()}/{method}",
            data=json.dumps(parameters).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            answer = _answer(request)
        except (OSError, ValueError, http.client.HTTPException) as error:
            # The cause is left out: its text may have the address, and so the token.
            raise self._unreachable(method, type(error).__name__) from None
        if answer.get("ok") is True:
            return answer.get("result")
        raise self._refused(method, answer)

    def _unreachable(self, method: str, reason: str) -> OpsError:
        return OpsError(
            f"{self.server} gave no answer of the Bot API to {method} ({reason}).",
            state="Whether the call took effect is not known; repeating it does no harm.",
            next_command="langagent telegram info",
        )

    def _refused(self, method: str, answer: Mapping[str, Any]) -> OpsError:
        code, words = answer.get("error_code"), answer.get("description")
        if isinstance(code, int) and code >= 500:
            return self._unreachable(method, f"{code} {words}")
        if code in (401, 404):
            return ConfigurationError(
                f"{self.server} knows no bot with this TELEGRAM_BOT_TOKEN ({code} {words}).",
                state="Nothing was changed.",
                next_command="copy the token again from @BotFather into .env",
            )
        if code == 429:
            pause = answer.get("parameters", {}).get("retry_after", "a few")
            return OpsError(f"Telegram asks to wait {pause} s before {method}.", state="Nothing was changed.")
        return ConfigurationError(f"Telegram refused {method}: {code} {words}.", state="Nothing was changed.")


def _answer(request: urllib.request.Request) -> dict[str, Any]:
    """Return the document of an answer; Telegram explains refusals in the same form."""
    try:
        with _opener(request).open(request, timeout=TIMEOUT_SECONDS) as response:
            body = response.read()
    except urllib.error.HTTPError as error:
        with error:
            body = error.read()
    document = json.loads(body)
    if not isinstance(document, dict) or "ok" not in document:
        raise ValueError("not the Bot API")
    return document


def _opener(request: urllib.request.Request) -> urllib.request.OpenerDirector:
    """No proxy stands between us and a server on this machine."""
    is_local = (urllib.parse.urlsplit(request.full_url).hostname or "") in ("localhost", "127.0.0.1", "::1")
    return urllib.request.build_opener(urllib.request.ProxyHandler({} if is_local else None))
