"""Bring a backup from a store into a folder, which is a store like any other."""

from collections.abc import Callable

from ops.backups import erasures
from ops.backups.catalogue import Backup
from ops.backups.encryption import CHUNK
from ops.backups.manifest import Manifest
from ops.backups.meter import meter
from ops.backups.stores.base import Store, put
from ops.backups.stream import DigestReader, compare
from ops.errors import VerificationError
from ops.events import Event


def pull(backup: Backup, target: Store, tell: Callable[[Event], None]) -> Manifest:
    """Copy one backup, still encrypted if it is, and the list of who was erased; nothing is there before it is proved.

    Raises:
        VerificationError: it is damaged where it lies.
        StoreError: it cannot be read, or the folder not be written.
    """
    manifest = backup.manifest
    if manifest is None or not backup.good:
        raise VerificationError(f"Backup {backup.id} in {backup.store.name} is damaged: {backup.problem}")
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
