"""A sign of life to somebody elsewhere, who notices when it stops."""

import http.client
import urllib.error
import urllib.request
from typing import Final

from langagent.settings import Secret

TIMEOUT_SECONDS: Final = 10.0


def beat(url: Secret) -> str:
    """Ask the address and return what went wrong, without the address; empty when nothing did."""
    if not url.reveal().startswith(("http://", "https://")):
        return "HEARTBEAT_URL is not an http address."
    try:
        with urllib.request.urlopen(url.reveal(), timeout=TIMEOUT_SECONDS):  # noqa: S310 - http and https only
            return ""
    except urllib.error.HTTPError as error:
        with error:
            return f"HEARTBEAT_URL answered {error.code}."
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"HEARTBEAT_URL does not answer ({type(error).__name__})."
