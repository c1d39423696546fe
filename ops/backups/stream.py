"""The streams between a dump and its stores: compressed one way, proved the other."""

import hashlib
from collections.abc import Callable
from typing import Any, BinaryIO

import zstandard

from ops.backups.encryption import CHUNK, UndecryptableError, Writer, decrypt
from ops.backups.manifest import Manifest
from ops.backups.stores.base import MIB, Reader, Store
from ops.errors import ConfigurationError, VerificationError

LEVEL = 1  # a tenth larger than 2, and a quarter less CPU beside a database that serves: docs/backup.md
THREADS = 2
JOB_BYTES = MIB // 2  # what zstd would choose costs 20 MiB more and gains nothing


class Digest:
    """Counts and digests what passes."""

    def __init__(self) -> None:
        self.bytes = 0
        self._sha256 = hashlib.sha256()

    def update(self, data: bytes) -> None:
        self.bytes += len(data)
        self._sha256.update(data)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()


class DigestWriter:
    """Passes on what it takes, and knows its digest."""

    def __init__(self, target: Writer) -> None:
        self.digest = Digest()
        self._target = target

    def write(self, data: bytes, /) -> None:
        self.digest.update(data)
        self._target.write(data)


class DigestReader:
    """Passes on what it reads, and knows its digest."""

    def __init__(self, source: Reader, passed: Callable[[int], None] = lambda _: None) -> None:
        self.digest = Digest()
        self._source = source
        self._passed = passed

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        self._passed(self.digest.bytes)
        return data

    def drain(self) -> None:
        while self.read(CHUNK):
            pass


def compressed(source: Reader, level: int = LEVEL) -> Reader:
    """Return the stream that compresses a source as it is read."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        level, threads=THREADS, job_size=JOB_BYTES, write_checksum=True
    )
    compressor = zstandard.ZstdCompressor(compression_params=parameters)
    stream: Reader = compressor.stream_reader(source, read_size=CHUNK)  # type: ignore[arg-type]
    return stream


def decompressed(source: BinaryIO) -> Reader:
    """Return the stream that decompresses a source as it is read; it raises `zstandard.ZstdError`."""
    stream: Reader = zstandard.ZstdDecompressor().stream_reader(source, read_size=CHUNK, closefd=False)
    return stream


def verify(store: Store, manifest: Manifest, passed: Callable[[int], None] = lambda _: None) -> None:
    """Read a stored backup back, every byte of it; `passed` hears how many.

    Raises:
        VerificationError: it is not what was written.
        StoreError: it cannot be read.
    """
    with store.reading(manifest.object) as stream:
        reader = DigestReader(stream, passed)
        reader.drain()
    compare(store, manifest, reader.digest)


def unseal(
    store: Store,
    manifest: Manifest,
    target: BinaryIO,
    identities: list[Any] | None = None,
    passed: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the compressed dump, decrypted. Do not use what was written unless this returns.

    Args:
        identities: The private keys, for an encrypted backup.
        passed: Hears how many of the stored bytes are read.

    Raises:
        VerificationError: what is stored is not what was written.
        ConfigurationError: it is whole, and encrypted to another key.
        StoreError: it cannot be read.
        OSError: the target did not take it.
    """
    if manifest.recipient and not identities:
        raise _needs_identity(manifest, "no identity was given")
    with store.reading(manifest.object) as stream:
        reader = DigestReader(stream, passed)
        failure = _open(reader, target, identities if manifest.recipient else None)
        reader.drain()
    compare(store, manifest, reader.digest)
    if failure:
        raise _needs_identity(manifest, str(failure))


def _open(reader: Reader, target: BinaryIO, identities: list[Any] | None) -> Exception | None:
    """Decrypt; what does not open is judged by its digest, by the caller."""
    try:
        decrypt(reader, target, identities)
    except UndecryptableError as error:
        return error
    return None


def compare(store: Store, manifest: Manifest, found: Digest) -> None:
    """Hold what was read against the manifest.

    Raises:
        VerificationError: they differ.
    """
    if (found.bytes, found.sha256) != (manifest.stored_bytes, manifest.sha256):
        raise VerificationError(
            f"Backup {manifest.id} in {store.name} is damaged: {found.bytes} bytes with the digest "
            f"{found.sha256[:16]}…, recorded are {manifest.stored_bytes} bytes with {manifest.sha256[:16]}….",
            state="No database was changed.",
            next_command="langagent backup list (for another backup, or another copy of this one)",
        )


def _needs_identity(manifest: Manifest, why: str) -> ConfigurationError:
    return ConfigurationError(
        f"Backup {manifest.id} is encrypted to {manifest.recipient} and does not open: {why}.",
        state="No database was changed; the backup itself is whole as far as it was read.",
        next_command="set BACKUP_IDENTITY_FILE to the file with that private key",
    )
