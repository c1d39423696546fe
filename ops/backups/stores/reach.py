"""Which of several stores answer: one that is out of reach does not keep the others from being used."""

from collections.abc import Sequence
from dataclasses import dataclass

from ops.backups.manifest import FOLDER
from ops.backups.meter import Tell
from ops.backups.stores.base import Store, StoreError
from ops.errors import BackupError
from ops.events import Event


@dataclass(frozen=True, slots=True)
class Reach:
    """The stores that answer, in their order, and what was wrong with the others, by name."""

    stores: list[Store]
    failures: dict[str, StoreError]

    def require_all(self) -> None:
        """Let nobody believe that every store was dealt with.

        Raises:
            BackupError: one did not answer.
        """
        if self.failures:
            raise BackupError(
                f"Left out, because it does not answer: {', '.join(self.failures)}.",
                state="What is stored there is untouched; all others were dealt with.",
                next_command="langagent backup doctor",
            )


def reach(stores: Sequence[Store], tell: Tell) -> Reach:
    """List the backups of each store; one that does not answer is warned of and left out.

    Raises:
        StoreError: none answers.
    """
    answering: list[Store] = []
    failures: dict[str, StoreError] = {}
    for store in stores:
        try:
            store.objects(FOLDER)
        except StoreError as error:
            failures[store.name] = error
        else:
            answering.append(store)
    if failures and not answering:
        raise next(iter(failures.values()))
    for failure in failures.values():
        tell(Event("warning", f"{failure.message} It is left out."))
    return Reach(answering, failures)
