"""What `dev up` can be asked for; light, so that the command line may import it for its help."""

from enum import StrEnum


class Infra(StrEnum):
    """Where PostgreSQL and Redis come from."""

    AUTO = "auto"
    EMBEDDED = "embedded"
    DOCKER = "docker"
    EXTERNAL = "external"


class Telegram(StrEnum):
    """Who the bot talks to: a local stand-in, or Telegram itself by long polling."""

    EMULATOR = "emulator"
    POLLING = "polling"
