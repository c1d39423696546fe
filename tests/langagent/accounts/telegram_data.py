"""What Telegram would sign, signed with the bot token of the tests."""

import hashlib
import hmac
import json
from typing import Any, Final
from urllib.parse import urlencode

BOT_TOKEN: Final = "123456:TEST-TOKEN"


def _signed(fields: dict[str, str], secret: bytes) -> str:
    check_string = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    return hmac.digest(secret, check_string.encode(), "sha256").hex()


def init_data(auth_date: float, user: Any, **fields: str) -> str:
    pairs = {"auth_date": str(int(auth_date)), "query_id": "AAE", "user": json.dumps(user), **fields}
    secret = hmac.digest(b"WebAppData", BOT_TOKEN.encode(), "sha256")
    return urlencode(pairs | {"hash": _signed(pairs, secret)})


def widget(auth_date: float, **fields: Any) -> dict[str, Any]:
    received = {"id": 100200300, "first_name": "Learner", "auth_date": int(auth_date)} | fields
    secret = hashlib.sha256(BOT_TOKEN.encode()).digest()
    return received | {"hash": _signed({name: str(value) for name, value in received.items()}, secret)}
