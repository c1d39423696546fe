"""One question to a server on this machine; whatever happens is an answer."""

import http.client
import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 means nothing did, and `text` says why."""

    status: int
    text: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)


Probe = Callable[[str, str], Answer]


def probe(url: str, domain: str = "") -> Answer:
    """GET an address of this machine, for the named domain.

    The certificate is not checked: before its first one a server has one that it signed itself, and the connection
    does not leave the machine.
    """
    parts = urlsplit(url)
    try:
        return _get(_connection(parts.scheme, parts.netloc), parts.path, {"Host": domain} if domain else {})
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, f"no answer ({type(error).__name__})")


def _connection(scheme: str, address: str) -> http.client.HTTPConnection:
    if scheme == "https":
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        return http.client.HTTPSConnection(address, timeout=TIMEOUT_SECONDS, context=trusting)
    return http.client.HTTPConnection(address, timeout=TIMEOUT_SECONDS)


def _get(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> Answer:
    try:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        return Answer(response.status, text, _document(text))
    finally:
        connection.close()


def _document(text: str) -> Mapping[str, Any]:
    try:
        parsed = json.loads(text)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
