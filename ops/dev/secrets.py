"""The secrets of local development: made once, kept over restarts."""

import secrets
from pathlib import Path

from ops.environment import dotenv


def load_or_make(path: Path) -> dict[str, str]:
    """Return the stored development secrets, after making those that are missing."""
    stored = dotenv.read(path)
    complete = {
        "SECRET_KEY": secrets.token_hex(32),
        "TRIAL_HASH_KEY": secrets.token_hex(32),
        "TELEGRAM_BOT_TOKEN": f"1:local-{secrets.token_hex(16)}",
        "TELEGRAM_WEBHOOK_SECRET": secrets.token_hex(32),
    } | stored
    if complete != stored:
        dotenv.write_private(path, "".join(f"{name}={value}\n" for name, value in complete.items()))
    return complete
