"""The plan of a release."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from ops.releases.models import Kind, known_fields

VERSION = 1
BLUE, GREEN = "blue", "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How a release is judged.

    Attributes:
        passes: answers in a row that say `ready`.
        interval: seconds between questions.
        timeout: seconds within which it must pass a gate.
        bake: seconds that it is watched after the switch.
    """

    passes: int = 3
    interval: float = 0.5
    timeout: float = 90.0
    bake: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the executor does, in this order.

    Attributes:
        colour: the backend that will serve.
        live: the backend that serves now; empty before the first release.
        previous: the release that serves now; empty before the first.
        layers: compressed bytes of each layer of the images, by its short id.
        needs_schema: the schema that the release which serves now needs; 0 when there is none.
        backup: the backup that takes the place of the database; empty leaves the database as it is.
        backup_schema: the schema that it has.
        keep: how many good releases keep their images.
    """

    version: int = VERSION
    release: str
    kind: Kind
    root: str
    backend: str
    ops: str
    steps: tuple[str, ...]
    colour: str
    live: str = ""
    previous: str = ""
    layers: dict[str, int]
    needs_schema: int = 0
    backup: str = ""
    backup_schema: int = 0
    keep: int = 3
    patience: Patience = Patience()

    def encode(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read a plan.

        Raises:
            ValueError: it is none, or of a version that this release does not know.
        """
        found = known_fields(cls, text)
        if found.get("version") != VERSION:
            raise ValueError(f"a plan of version {found.get('version')}; this release knows version {VERSION}")
        patience = Patience(**known_fields(Patience, json.dumps(found["patience"])))
        return cls(**{**found, "steps": tuple(found["steps"]), "patience": patience})


def other(colour: str) -> str:
    """Return the backend that does not serve; the first release is blue."""
    return GREEN if colour == BLUE else BLUE
