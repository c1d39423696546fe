"""Deep links of bot and app: a verb, or a verb with the id of what it opens (PRODUCT 13.6); pure."""

import re
import string
from dataclasses import dataclass
from typing import Final
from uuid import UUID

_ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_ID_LENGTH: Final = 22
_IDS_END: Final = 1 << 128
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BARE: Final = frozenset(
    (
        "home", "chat", "cards", "study", "exercises", "exercise", "groups", "profile", "stats", "settings", "premium",
        "subscription", "notifications", "add-card", "add-topic", "login",
    )
)  # fmt: skip
_WITH_ID: Final = frozenset(("card", "deck", "topic", "group", "materials", "notification"))
_WITH_TOKEN: Final = frozenset(("invite", "promo"))


@dataclass(frozen=True, slots=True)
class DeepLink:
    """Attributes:
    argument: an id in base62, or a token; empty for a verb that stands alone.
    """

    verb: str
    argument: str = ""

    @property
    def payload(self) -> str:
        return f"{self.verb}-{self.argument}" if self.argument else self.verb


def read_link(payload: str) -> DeepLink | None:
    """The link that ``payload`` is; None when it is none."""
    if not _PAYLOAD.fullmatch(payload):
        return None
    if payload in _BARE:
        return DeepLink(payload)
    verb, _, argument = payload.partition("-")
    is_known = (verb in _WITH_ID and decode_id(argument) is not None) or (verb in _WITH_TOKEN and argument)
    return DeepLink(verb, argument) if is_known else None


def link_to(verb: str, id_: UUID) -> DeepLink:
    """A link to the object ``id_``."""
    return DeepLink(verb, encode_id(id_))


def encode_id(id_: UUID) -> str:
    """The id in base62, padded to 22 characters."""
    number, digits = id_.int, ""
    for _ in range(_ID_LENGTH):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits


def decode_id(text: str) -> UUID | None:
    """The id that ``text`` is in base62; None when it is none."""
    if len(text) != _ID_LENGTH or not all(character in _ALPHABET for character in text):
        return None
    number = 0
    for character in text:
        number = number * len(_ALPHABET) + _ALPHABET.index(character)
    return UUID(int=number) if number < _IDS_END else None
