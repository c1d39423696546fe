"""Launch data of a Mini App, signed as Telegram signs it."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from emulators.telegram.models import Person

VERSION = "9.1"
THEMES = {
    "light": {
        "bg_color": "#ffffff",
        "text_color": "#000000",
        "hint_color": "#707579",
        "link_color": "#3390ec",
        "button_color": "#3390ec",
        "button_text_color": "#ffffff",
        "secondary_bg_color": "#f4f4f5",
        "header_bg_color": "#ffffff",
        "accent_text_color": "#3390ec",
        "section_bg_color": "#ffffff",
        "section_header_text_color": "#707579",
        "subtitle_text_color": "#707579",
        "destructive_text_color": "#e53935",
    },
    "dark": {
        "bg_color": "#212121",
        "text_color": "#ffffff",
        "hint_color": "#aaaaaa",
        "link_color": "#8774e1",
        "button_color": "#8774e1",
        "button_text_color": "#ffffff",
        "secondary_bg_color": "#181818",
        "header_bg_color": "#212121",
        "accent_text_color": "#8774e1",
        "section_bg_color": "#212121",
        "section_header_text_color": "#aaaaaa",
        "subtitle_text_color": "#aaaaaa",
        "destructive_text_color": "#ff595a",
    },
}


def signed(token: str, pairs: Mapping[str, str]) -> str:
    """Return the pairs as initData, with their `hash` under the bot's token at the end."""
    secret = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    checked = "\n".join(f"{key}={value}" for key, value in sorted(pairs.items()))
    digest = hmac.new(secret, checked.encode(), hashlib.sha256).hexdigest()
    return urlencode({**pairs, "hash": digest}, quote_via=quote)


def init_data(token: str, person: Person, now: int, start_param: str = "") -> str:
    """Return fresh launch data of a person.

    The `signature` has the right form and is no Ed25519 signature of Telegram, which only Telegram can make.
    """
    user = person.as_user() | {"last_name": person.last_name, "allows_write_to_pm": True}
    del user["is_bot"]
    seed = hashlib.sha512(f"{person.id}:{now}".encode()).digest()
    pairs = {
        "query_id": "AAE" + base64.urlsafe_b64encode(seed[:15]).decode(),
        "user": json.dumps(user, ensure_ascii=False, separators=(",", ":")),
        "auth_date": str(now),
        **({"start_param": start_param} if start_param else {}),
        "signature": base64.urlsafe_b64encode(seed).decode().rstrip("="),
    }
    return signed(token, pairs)


def launch_url(url: str, data: str, theme: str = "light", start_param: str = "") -> str:
    """Return the address that opens a Mini App, launch data in the fragment and the start parameter in the query."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode({"tgWebAppStartParam": start_param} if start_param else {}))))
    fragment: dict[str, Any] = {
        "tgWebAppData": data,
        "tgWebAppVersion": VERSION,
        "tgWebAppPlatform": "web",
        "tgWebAppThemeParams": json.dumps(THEMES[theme], separators=(",", ":")),
    }
    return urlunsplit(parts._replace(query=query, fragment=urlencode(fragment, quote_via=quote)))
