"""What an operation tells while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """One thing worth telling: `kind` and `data` for programs, `message` for people."""

    kind: str
    message: str
    data: Mapping[str, object] = field(default_factory=dict)
