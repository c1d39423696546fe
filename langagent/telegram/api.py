"""The Bot API, called leanly: one connection pool, short time-outs, errors as types, the token never shown."""

from typing import Any, Final

import aiohttp
import orjson
from yarl import URL

from langagent.settings import Secret

TIMEOUT_S: Final = 10.0
CONNECT_TIMEOUT_S: Final = 5.0
CONNECTIONS: Final = 64
_TIMEOUT: Final = aiohttp.ClientTimeout(total=TIMEOUT_S, connect=CONNECT_TIMEOUT_S)


class TelegramError(Exception):
    """A call that Telegram did not carry out."""


class UnreachableError(TelegramError):
    """No answer, or one that says that Telegram has troubles: whether the call took effect is unknown."""


class RefusedError(TelegramError):
    """Telegram understood the call and refused it."""

    def __init__(self, method: str, code: int, description: str) -> None:
        super().__init__(f"{method} was refused: {code} {description}")
        self.code = code
        self.description = description


class TooManyRequestsError(TelegramError):
    """The call came too soon; ``retry_after`` is in seconds."""

    def __init__(self, method: str, retry_after: int) -> None:
        super().__init__(f"{method} may be called again in {retry_after} s")
        self.retry_after = retry_after


class BotApi:
    """Calls methods of the Bot API; opens its connections when they are first needed."""

    def __init__(self, url: str, token: Secret) -> None:
        self._base = f"{url.rstrip('/')}/bot{token.reveal()}/"
        self._addresses: dict[str, URL] = {}
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, payload: dict[str, Any], *, timeout_s: float = TIMEOUT_S) -> Any:
        """What Telegram gives as result.

        Raises: UnreachableError, RefusedError, TooManyRequestsError.
        """
        if self._session is None:
            self._session = _session()
        timeout = _TIMEOUT if timeout_s == TIMEOUT_S else aiohttp.ClientTimeout(total=timeout_s)
        try:
            async with self._session.post(
                self._address(method), data=orjson.dumps(payload), timeout=timeout
            ) as response:
                return _result(method, response.status, await response.read())
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # The cause is left out: its text has the address, and so the token.
            raise UnreachableError(f"{method} got no answer ({type(error).__name__})") from None

    def _address(self, method: str) -> URL:
        """Parsed once: that takes as long as all else in a call's preparation."""
        if method not in self._addresses:
            self._addresses[method] = URL(self._base + method)
        return self._addresses[method]

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"Content-Type": "application/json"},
    )


def _result(method: str, status: int, body: bytes) -> Any:
    try:
        answer = orjson.loads(body)
        if answer["ok"]:
            return answer["result"]
        code, description = int(answer["error_code"]), str(answer["description"])
        retry_after = int(answer.get("parameters", {}).get("retry_after", 0))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreachableError(f"{method} got an answer that is not the Bot API's ({status})") from None
    if code == 429:
        raise TooManyRequestsError(method, max(1, retry_after))
    if code >= 500:
        raise UnreachableError(f"{method} failed at Telegram ({code})")
    raise RefusedError(method, code, description)
