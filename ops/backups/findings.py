"""What a check of the stores found."""

from collections.abc import Callable
from dataclasses import dataclass

from ops.backups.stores.base import Store, StoreError
from ops.backups.stores.refusals import DOCTOR


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


def out_of_reach(store: Store, error: StoreError) -> Finding:
    """A store that refuses or does not answer, with what mends that."""
    asks_us = error.next_command == DOCTOR
    mend = "check its endpoint and region, and that the network leads there" if asks_us else error.next_command
    return Finding(f"{store.name}: access", False, error.message, mend)
