"""Ask a server for its health and make one document of the answers."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ops.errors import PreflightError

TIMEOUT_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Health:
    """`ready` says whether the server takes requests; `detail` is what it tells of itself."""

    ready: bool
    detail: Mapping[str, Any]

    @property
    def is_well(self) -> bool:
        return self.ready and self.detail.get("status") == "healthy"


def ask(url: str, token: str = "") -> Health:
    """Return a server's health; the token (METRICS_TOKEN) makes it tell the details.

    Raises:
        PreflightError: nothing answers there, or not in the way of LangAgent.
    """
    ready, _ = _get(f"{url.rstrip('/')}/health/ready", token)
    _, detail = _get(f"{url.rstrip('/')}/health", token)
    return Health(ready == 200, detail)


def _get(url: str, token: str) -> tuple[int, dict[str, Any]]:
    if not url.startswith(("http://", "https://")):
        raise PreflightError(f"{url} is not an http address.", next_command="langagent health --url http://HOST:PORT")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - http and https only, see above
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return response.status, _document(url, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, _document(url, error.read())
    except OSError as error:
        raise PreflightError(f"Nothing answers at {url}: {error}.", next_command="langagent dev status") from error


def _document(url: str, body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise PreflightError(f"What answers at {url} is not LangAgent.", next_command="langagent health --url URL")
    return parsed
