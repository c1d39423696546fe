"""What a check of the stores found."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `mend` says what to do when it is not `ok`; `fix` does it, where that is safe."""

    name: str
    ok: bool
    detail: str
    mend: str = ""
    fix: Callable[[], object] | None = None

    def as_document(self) -> dict[str, object]:
        return {"name": self.name, "ok": self.ok, "detail": self.detail, "mend": self.mend}
