"""Generated secrets of a `.env`: how they are made, dated and rotated."""

import re
import secrets
from datetime import date

from ops.environment import dotenv
from ops.errors import ConfigurationError

GENERATED = ("SECRET_KEY", "TRIAL_HASH_KEY")
ROTATE_AFTER_DAYS = 90
_DATED = re.compile(r"^# SECRET_KEY is of (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def fill(text: str, today: date) -> str:
    """Return the text with every secret that can be generated."""
    return _dated(dotenv.with_values(text, {name: secrets.token_hex(32) for name in GENERATED}), today)


def rotate(text: str, today: date) -> str:
    """Return the text with a new SECRET_KEY; the old one becomes SECRET_KEY_PREVIOUS.

    Raises:
        ConfigurationError: there is no key to rotate.
    """
    old = dotenv.parse(text).get("SECRET_KEY", "")
    if not old:
        raise ConfigurationError("There is no SECRET_KEY to rotate.", next_command="langagent env check")
    changed = {"SECRET_KEY": secrets.token_hex(32), "SECRET_KEY_PREVIOUS": old}
    return _dated(dotenv.with_values(text, changed), today)


def age_in_days(text: str, today: date) -> int | None:
    """Return the age of SECRET_KEY, when the file says since when it is there."""
    match = _DATED.search(text)
    return (today - date.fromisoformat(match[1])).days if match else None


def _dated(text: str, today: date) -> str:
    return _DATED.sub("", text).rstrip("\n") + f"\n\n# SECRET_KEY is of {today.isoformat()}\n"
