"""Launch data as Telegram's apps would sign it (https://core.telegram.org/bots/webapps, validating data)."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode


def init_data(token: str, telegram_id: int) -> str:
    """Return the launch data of a person, signed with the bot's token."""
    user = {"id": telegram_id, "first_name": f"Oracle {telegram_id}", "language_code": "en"}
    fields = {"auth_date": str(int(time.time())), "query_id": "AAE", "user": json.dumps(user)}
    listed = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    secret = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    return urlencode({**fields, "hash": hmac.digest(secret, listed.encode(), hashlib.sha256).hex()})
