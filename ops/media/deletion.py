"""What may be deleted from the bucket: copies that neither the folder has nor the database refers to."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.errors import PreflightError
from ops.media.objects import each
from ops.media.references import References
from ops.media.sync import Plan


@dataclass(frozen=True, slots=True)
class Deletion:
    """What becomes of the copies whose files the folder lacks.

    Attributes:
        unneeded: no row refers to them.
        kept: the database still refers to them, so that the folder has lost them.
    """

    unneeded: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def weigh(superfluous: Iterable[str], folder: FolderStore, references: References) -> Deletion:
    """Ask the database about copies; a file that came into the folder meanwhile is neither unneeded nor lost.

    Raises:
        BackupError: the database does not answer.
        StoreError: the folder cannot be read.
    """
    needed = references.names()
    deletion = Deletion()
    for name in superfluous:
        if folder.size(name) is None:
            (deletion.kept if name in needed else deletion.unneeded).append(name)
    return deletion


def require_safe(todo: Plan, folder: FolderStore, bucket: S3Store, *, unversioned: bool) -> None:
    """Make sure that deleting the superfluous takes nothing that cannot be had again.

    Raises:
        PreflightError: the folder is empty, or the bucket keeps no old versions and nobody said that it may not.
    """
    if todo.superfluous and not todo.missing and not todo.there:
        raise PreflightError(
            f"{folder.root} is empty: {len(todo.superfluous)} files in {bucket.name} would be deleted.",
            state="Nothing was copied or deleted.",
            next_command="mount its volume, or run `langagent media restore`",
        )
    if not unversioned and not todo.is_versioned:
        raise PreflightError(
            f"{bucket.name} keeps no old versions: what is deleted there is gone.",
            state="Nothing was copied or deleted.",
            next_command="langagent backup doctor (says how to switch versioning on), or --unversioned",
        )


def remove(planned: Deletion, folder: FolderStore, bucket: S3Store, references: References) -> Deletion:
    """Delete what is unneeded still, and return what became of all.

    Raises:
        BackupError: the database does not answer; nothing was deleted.
        StoreError: the bucket cannot be written.
    """
    now = weigh(planned.unneeded, folder, references)
    for _ in each(now.unneeded, bucket.delete):
        pass
    return Deletion(now.unneeded, sorted(planned.kept + now.kept))
