"""The values that a `.env` gets from its owner."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from langagent.settings import SETTINGS, Required, near_misses
from ops.environment import server
from ops.environment.example import SUGGESTIONS
from ops.environment.keys import GENERATED
from ops.errors import ConfigurationError

_SECRET = {setting.name for setting in SETTINGS if setting.secret}


@dataclass(frozen=True, slots=True)
class Question:
    """A setting that only the owner knows."""

    name: str
    doc: str
    secret: bool


def assigned(given: Iterable[str], environ: Mapping[str, str]) -> dict[str, str]:
    """Return the values of `NAME=VALUE`, and of `NAME` alone those of the environment.

    Raises:
        ConfigurationError: a name is misspelt or without a value, or a secret would stand on the command line.
    """
    return dict(_assignment(text, environ) for text in given)


def questions(values: Mapping[str, str]) -> Iterator[Question]:
    """Yield what is required, has no value yet and cannot be generated."""
    production = values.get("ENVIRONMENT") == "production"
    needed = {Required.ALWAYS, Required.PRODUCTION, Required.SERVER} if production else {Required.ALWAYS}
    known = {*values, *GENERATED, *SUGGESTIONS, *(server.FILLED if production else ())}
    for setting in SETTINGS:
        if setting.required in needed and setting.name not in known:
            yield Question(setting.name, setting.doc, setting.secret)


def _assignment(text: str, environ: Mapping[str, str]) -> tuple[str, str]:
    name, is_given, value = text.partition("=")
    if meant := near_misses([name]):
        raise ConfigurationError(f"{name} is not a setting.", next_command=f"--set {meant[name]}=…")
    if is_given and name in _SECRET:
        raise ConfigurationError(
            f"{name} is a secret; on a command line, others on this machine could read it.",
            state="Nothing was written.",
            next_command=f"--set {name}, with the value in the environment",
        )
    if not is_given and name not in environ:
        raise ConfigurationError(f"{name} is not set in the environment.", next_command=f"export {name}=…")
    if "\n" in (chosen := value if is_given else environ[name]):
        raise ConfigurationError(f"{name} has more than one line.", next_command=f"--set {name}=VALUE")
    return name, chosen
