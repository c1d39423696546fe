"""A release and how it ended, as the ledger keeps them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Self

Kind = Literal["deploy", "rollback", "restore"]


class Result(StrEnum):
    """How a release ended."""

    GOOD = "good"
    REFUSED = "refused"
    ROLLED_BACK = "rolled_back"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What somebody asked to be put live.

    Attributes:
        origin: the deploy whose images and bundle these are: a deploy's own id; of a rollback, an earlier one; of a
            restore, the one that served already.
    """

    id: str
    tag: str
    kind: Kind
    origin: str
    backend: str
    ops: str
    who: str
    command: str
    created: str

    def encode(self) -> bytes:
        return _encode(asdict(self))

    @classmethod
    def decode(cls, text: str) -> Self:
        """Raises: ValueError if the text is no release."""
        return cls(**known_fields(cls, text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it ended, and for a failure the words to act on.

    Attributes:
        phases: seconds that each step took.
        marks: seconds from the beginning to the end of each step.
        evidence: what each step found.
    """

    result: Result
    finished: str
    seconds: float
    phases: Mapping[str, float] = field(default_factory=dict)
    marks: Mapping[str, float] = field(default_factory=dict)
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    step: str = ""
    error: str = ""
    message: str = ""
    state: str = ""
    next_command: str = ""

    def encode(self) -> bytes:
        return _encode(asdict(self))

    @classmethod
    def decode(cls, text: str) -> Self:
        """Raises: ValueError if the text is no outcome."""
        known = known_fields(cls, text)
        return cls(**{**known, "result": Result(known["result"]), "warnings": tuple(known.get("warnings", ()))})

    @property
    def to_switch(self) -> float:
        """Seconds from the executor's beginning to the switch; 0 when it did not come to that."""
        return self.marks.get("switch", 0.0)

    def found(self, step: str, name: str, default: Any = None) -> Any:
        """Return one finding of a step."""
        return self.evidence.get(step, {}).get(name, default)


def new_id(tag: str, now: datetime) -> str:
    """Return an id that sorts by time."""
    return f"{now:%Y%m%dT%H%M%SZ}-{tag}"


def _encode(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


def known_fields(kind: type, text: str) -> dict[str, Any]:
    """Return the fields of a document that the dataclass knows; a later release may have written more.

    Raises:
        ValueError: it is no such document.
    """
    document = json.loads(text)
    known = {field.name: field for field in fields(kind)}
    if not isinstance(document, dict) or not _required(known.values()) <= document.keys():
        raise ValueError(f"not a {kind.__name__}")
    return {name: value for name, value in document.items() if name in known}


def _required(declared: Iterable["Field[Any]"]) -> set[str]:
    return {one.name for one in declared if one.default is MISSING and one.default_factory is MISSING}
