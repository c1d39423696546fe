"""What a server's `.env` gets without being asked for: passwords, and the addresses that follow from others."""

import secrets
from collections.abc import Mapping
from typing import Final

from ops.migrations.grants import APP, BACKUP

OWNER: Final = "langagent_owner"
BACKUP_FOLDER: Final = "/var/backups/postgres"  # a volume; what leaves the server is the owner's to choose
WEBHOOK_PATH: Final = "/api/webhook"
FILLED: Final = (
    "POSTGRES_PASSWORD",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "BACKUP_DATABASE_URL",
    "RESTORE_DATABASE_URL",
    "BACKUP_FOLDER",
    "TELEGRAM_WEBHOOK_SECRET",
    "METRICS_TOKEN",
    "API_URL",
    "TELEGRAM_WEBHOOK_URL",
)


def complete(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values of a server's file with those that are generated or follow; what is given stays.

    The roles' passwords are made of hexadecimal digits, so that they need no escaping in a URL, a shell or SQL.
    """
    database = values.get("POSTGRES_DB", "langagent")
    owner_url = _url(OWNER, database)
    generated = {
        "POSTGRES_PASSWORD": _password(),
        "DATABASE_URL": _url(APP, database),
        "DATABASE_OWNER_URL": owner_url,
        "BACKUP_DATABASE_URL": _url(BACKUP, database),
        "RESTORE_DATABASE_URL": values.get("DATABASE_OWNER_URL", owner_url),
        "BACKUP_FOLDER": BACKUP_FOLDER,
        "TELEGRAM_WEBHOOK_SECRET": _password(),
        "METRICS_TOKEN": _password(),
    }
    return {**generated, **_following(values), **values}


def _following(values: Mapping[str, str]) -> dict[str, str]:
    api_url = values.get("API_URL") or values.get("APP_URL", "")
    return {"API_URL": api_url, "TELEGRAM_WEBHOOK_URL": api_url.rstrip("/") + WEBHOOK_PATH} if api_url else {}


def _url(role: str, database: str) -> str:
    return f"postgresql://{role}:{_password()}@db:5432/{database}"


def _password() -> str:
    return secrets.token_hex(24)
