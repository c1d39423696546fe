"""Pure rules on the names of decks."""

from collections.abc import Set as AbstractSet
from itertools import chain, count
from typing import Final

NAME_MAX: Final = 100


def free_name(wanted: str, taken: AbstractSet[str]) -> str:
    """Returns `wanted`, or else `wanted` with the first number from 2 that makes it free.

    `taken` holds the names of a profile in lower case, as they are compared.
    """
    numbered = (f"{wanted[: NAME_MAX - len(suffix)]}{suffix}" for suffix in (f" {number}" for number in count(2)))
    return next(name for name in chain([wanted], numbered) if name.lower() not in taken)
