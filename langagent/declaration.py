"""How a setting is declared: its type, its doc, when it must be given, and what its values are held to."""

import dataclasses
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Secret(str):
    """A string that shows itself redacted in logs, errors and reprs; ``reveal()`` gives the value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('***')"

    def __str__(self) -> str:
        return "***"

    def __format__(self, format_spec: str) -> str:
        return format("***", format_spec)

    def reveal(self) -> str:
        return str.__str__(self)


class Required(StrEnum):
    """When a setting must be given; SERVER is for what stands beside the product there, and does not stop it."""

    NEVER = ""
    ALWAYS = "always"
    PRODUCTION = "production"
    SERVER = "server"


class SettingsError(ValueError):
    """The environment cannot be used; ``problems`` names each variable and its mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared variable: what ``.env.example``, the docs and ``langagent env`` are made of."""

    name: str
    field: str
    kind: type
    group: str
    doc: str
    default: Any
    required: Required
    secret: bool
    check: Callable[[Any], str | None] | None


def declare(
    group: str,
    doc: str,
    default: Any = None,
    *,
    required: Required = Required.NEVER,
    check: Callable[[Any], str | None] | None = None,
) -> Any:
    """Declare a field of the settings; `check` returns what a value must be, or None when it is that."""
    return dataclasses.field(
        default=default, metadata={"group": group, "doc": doc, "required": required, "check": check}
    )


def at_least_32_bytes(value: str) -> str | None:
    key = value.reveal() if isinstance(value, Secret) else value
    return None if len(key.encode()) >= 32 else "must be at least 32 bytes; make one with `openssl rand -hex 32`"


def positive(value: float) -> str | None:
    return None if value > 0 else "must be greater than 0"


def webhook_secret(value: Secret) -> str | None:
    fits = re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.reveal())
    return None if fits else "must be 1-256 characters of A-Z a-z 0-9 _ -; make one with `openssl rand -hex 32`"


def one_of(*choices: str) -> Callable[[str], str | None]:
    return lambda value: None if value in choices else f"must be one of {', '.join(choices)}"


def time_of_day(value: str) -> str | None:
    return None if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) else "must be a time such as 02:00"


def json_object(value: str) -> str | None:
    try:
        parsed = json.loads(value)
    except ValueError:
        return "must be a JSON object"
    return None if isinstance(parsed, dict) else "must be a JSON object"
