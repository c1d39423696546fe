"""Backups made without a database, and stores that are looked at from behind."""

from datetime import UTC, datetime
from io import BytesIO
from random import Random
from typing import Any

from ops.backups.encryption import encrypt
from ops.backups.manifest import DatabaseIdentity, Manifest, new_id, object_key
from ops.backups.stores.base import MIB, Store, put
from ops.backups.stream import DigestWriter, compressed, decompressed, unseal

OURS = DatabaseIdentity("langagent", "4711")
NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def payload(size: int = 60_000, seed: int = 1) -> bytes:
    """Bytes of which half compress away."""
    return Random(seed).randbytes(size // 2) + bytes(size // 2)


def backup_in(
    store: Store,
    *,
    at: datetime = NOW,
    data: bytes | None = None,
    recipient: str = "",
    database: DatabaseIdentity = OURS,
) -> Manifest:
    """Put a whole backup into the store."""
    raw = payload() if data is None else data
    written = BytesIO()
    digested = DigestWriter(written)
    encrypt(compressed(BytesIO(raw)), digested, recipient)
    manifest = Manifest(
        id=new_id(at),
        object=object_key(new_id(at), encrypted=bool(recipient)),
        database=database,
        sha256=digested.digest.sha256,
        stored_bytes=digested.digest.bytes,
        raw_bytes=len(raw),
        postgres="18.4",
        extensions={},
        schema_revision=6,
        release="0.1.0",
        rows={"public.words": 3},
        duration_seconds=0.1,
        recipient=recipient,
    )
    put(store, manifest.object, written.getvalue())
    put(store, manifest.key, manifest.encode())
    return manifest


def dump_in(store: Store, manifest: Manifest, identities: list[Any] | None = None) -> bytes:
    """Return the dump that a store holds, decrypted and decompressed."""
    packed = BytesIO()
    unseal(store, manifest, packed, identities)
    packed.seek(0)
    dump = decompressed(packed)
    return b"".join(iter(lambda: dump.read(MIB), b""))
