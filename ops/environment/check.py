"""Every problem of a `.env`, in one list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from langagent.settings import NAMES, SETTINGS, Required, Settings, SettingsError, near_misses
from ops.environment import dotenv, keys
from ops.environment.example import PLACEHOLDER
from ops.environment.files import load, mode_of
from ops.hosts.base import Host

LEAST_DISTINCT = 10
_KEYS = {"SECRET_KEY", "SECRET_KEY_PREVIOUS", "TRIAL_HASH_KEY"}


@dataclass(frozen=True, slots=True)
class Report:
    """Problems forbid the use of the file; warnings do not."""

    problems: list[str]
    warnings: list[str]


def check(host: Host, path: str, today: date) -> Report:
    """Examine a file, here or on a server.

    Raises:
        ConfigurationError: there is none, or it cannot be parsed.
    """
    return examine(load(host, path), mode_of(host, path), path, today)


def examine(text: str, mode: int, path: str, today: date) -> Report:
    """Examine the text of a file that lies anywhere, and its mode.

    Raises:
        ConfigurationError: it cannot be parsed.
    """
    values = dotenv.parse(text)
    problems = [*_mode(mode, path), *_placeholders(values), *_weak(values), *_refused(values), *_of_server(values)]
    return Report(problems, [*_unknown(values), *_aged(text, today)])


def _mode(mode: int, path: str) -> Iterator[str]:
    if mode & 0o077:
        yield f"the file has mode {mode:04o}, so others may read it; run `chmod 600 {path}`"


def _placeholders(values: Mapping[str, str]) -> Iterator[str]:
    for name, value in values.items():
        if PLACEHOLDER in value:
            yield f"{name} still has its placeholder"


def _weak(values: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(_KEYS & values.keys()):
        value = values[name]
        if value and PLACEHOLDER not in value and len(set(value)) < LEAST_DISTINCT:
            yield f"{name} is weak, a few characters repeated; make one with `openssl rand -hex 32`"


def _refused(values: Mapping[str, str]) -> Iterator[str]:
    """What the product itself would refuse; placeholders are told of already."""
    filled = {name: "" if PLACEHOLDER in value else value for name, value in values.items()}
    told = {name for name in values if PLACEHOLDER in values[name]}
    try:
        Settings.from_environ(filled)
    except SettingsError as error:
        yield from (problem for problem in error.problems if problem.split()[0] not in told)


def _of_server(values: Mapping[str, str]) -> Iterator[str]:
    """What stands beside the product there, and Compose, which reads the file too."""
    if values.get("ENVIRONMENT") != "production":
        return
    for setting in SETTINGS:
        if setting.required is Required.SERVER and not values.get(setting.name):
            yield f"{setting.name} is missing ({setting.doc})"
    for name, value in values.items():
        if "$" in value:
            yield f"{name} has a $, which Docker Compose would take for a variable; choose a value without"


def _unknown(values: Mapping[str, str]) -> Iterator[str]:
    for name in values.keys() - NAMES - near_misses(values).keys():
        yield f"{name} is not a setting of this release; it is ignored"


def _aged(text: str, today: date) -> Iterator[str]:
    age = keys.age_in_days(text, today)
    if age is not None and age >= keys.ROTATE_AFTER_DAYS:
        yield f"SECRET_KEY is {age} days old; run `langagent env rotate`"


def redacted(values: Mapping[str, str]) -> dict[str, str]:
    """Return the variables with all hidden but the settings that are known not to be secret."""
    public = {setting.name for setting in SETTINGS if not setting.secret}
    return {name: value if name in public or not value else "***" for name, value in values.items()}
