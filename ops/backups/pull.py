"""Bring a backup from a store into a folder, which is a store like any other."""

from collections.abc import Sequence

from ops.backups import erasures
from ops.backups.catalogue import Backup
from ops.backups.encryption import CHUNK
from ops.backups.manifest import Manifest
from ops.backups.meter import Tell, meter
from ops.backups.stores.base import Store, StoreError, put
from ops.backups.stream import DigestReader, compare
from ops.errors import VerificationError
from ops.events import Event


def pull_any(copies: Sequence[Backup], target: Store, tell: Tell) -> tuple[Backup, Manifest]:
    """Copy one backup from the first of its copies that is whole, and return which that was; the others are warned of.

    Raises:
        VerificationError, StoreError: as `pull` does, for the last copy.
    """
    *others, last = copies
    for copy in others:
        try:
            return copy, pull(copy, target, tell)
        except (VerificationError, StoreError) as error:
            tell(Event("warning", error.message))
    return last, pull(last, target, tell)


def pull(backup: Backup, target: Store, tell: Tell) -> Manifest:
    """Copy one backup, still encrypted if it is, and the list of who was erased; nothing is there before it is proved.

    Raises:
        VerificationError: it is damaged where it lies.
        StoreError: it cannot be read, or the folder not be written.
    """
    manifest = backup.manifest
    if manifest is None or not backup.good:
        raise VerificationError(
            f"Backup {backup.id} in {backup.store.name} is damaged: {backup.problem}",
            state="Nothing was copied.",
            next_command="langagent backup list (for another one)",
        )
    sink = target.sink(manifest.object, expected_bytes=manifest.stored_bytes)
    passed = meter(manifest.stored_bytes, tell)
    try:
        with backup.store.reading(manifest.object) as stream:
            reader = DigestReader(stream)
            while data := reader.read(CHUNK):
                sink.write(data)
                passed(reader.digest.bytes)
        compare(backup.store, manifest, reader.digest)
        sink.commit()
    except BaseException:
        sink.abort()
        raise
    erasures.remember(target, manifest.database, erasures.collect([backup.store], [manifest.database], tell))
    put(target, manifest.key, manifest.encode())
    return manifest
