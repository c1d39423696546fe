"""What is restored: a stored backup, proved as it is read, or a file that pg_dump wrote."""

import errno
import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from ops.backups.catalogue import Backup, find, in_store, newest
from ops.backups.config import BackupConfig, open_stores
from ops.backups.encryption import read_identities
from ops.backups.manifest import DatabaseIdentity, Manifest
from ops.backups.meter import Tell, meter
from ops.backups.stores.base import MIB, Store, StoreError
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.reach import reach
from ops.backups.stream import unseal
from ops.errors import BackupError, OpsError, PreflightError, VerificationError

UNCHANGED = "No database was changed."
_GZIP = b"\x1f\x8b"


class Source(Protocol):
    """A dump that can be opened as a seekable file, compressed by zstd or not; without a manifest nothing is recorded
    of it."""

    @property
    def name(self) -> str: ...

    @property
    def manifest(self) -> Manifest | None: ...

    @property
    def stores(self) -> Sequence[Store]:
        """Where it was found."""

    def opened(self, tell: Tell) -> AbstractContextManager[BinaryIO]:
        """Open it; `tell` hears how much of it is read.

        Raises:
            VerificationError: it is damaged.
            PreflightError: there is no room for it.
        """


@dataclass(frozen=True, slots=True)
class StoredDump:
    """A backup, and every copy of it that the stores have."""

    copies: Sequence[Backup]
    identities: list[Any] | None = None

    @property
    def name(self) -> str:
        return self.copies[0].id

    @property
    def manifest(self) -> Manifest | None:
        return next((copy.manifest for copy in self.copies if copy.good), None)

    @property
    def database(self) -> DatabaseIdentity | None:
        """Which database it is of; None when no manifest of it can be read."""
        return next((copy.manifest.database for copy in self.copies if copy.manifest), None)

    @property
    def stores(self) -> Sequence[Store]:
        return [copy.store for copy in self.copies]

    @contextmanager
    def opened(self, tell: Tell) -> Iterator[BinaryIO]:
        """Write the compressed dump to a file of its own, from the first copy that is whole.

        Raises:
            VerificationError: no copy is as it was written.
            PreflightError: there is no room for it.
        """
        with _spill(self.manifest.stored_bytes if self.manifest else 0) as file:
            self._unseal(file, tell)
            yield file

    def _unseal(self, file: BinaryIO, tell: Tell) -> None:
        problem: OpsError | None = None
        for copy in self.copies:
            if copy.manifest is None or not copy.good:
                problem = problem or VerificationError(
                    f"Backup {copy.id} in {copy.store.name} is damaged: {copy.problem}",
                    state=UNCHANGED,
                    next_command="langagent backup list",
                )
                continue
            file.seek(0)
            file.truncate()
            try:
                passed = meter(copy.manifest.stored_bytes, tell)
                return unseal(copy.store, copy.manifest, file, self.identities, passed)
            except VerificationError as error:
                problem = problem or error
            except StoreError as error:
                problem = problem or StoreError(error.message, state=UNCHANGED, next_command=error.next_command)
        raise problem or VerificationError("There is no copy of it.")


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file in pg_dump's custom format or as plain SQL, each with or without gzip."""

    path: Path
    manifest: None = None
    stores: Sequence[Store] = ()

    @property
    def name(self) -> str:
        return str(self.path)

    @contextmanager
    def opened(self, tell: Tell) -> Iterator[BinaryIO]:  # noqa: ARG002 - it is here already
        """Open it; a compressed one is written to a file without a name first.

        Raises:
            VerificationError: it does not decompress.
            BackupError: it cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                if file.read(2) != _GZIP:
                    yield file
                    return
                file.seek(0)
                with _spill(self.path.stat().st_size) as plain:
                    self._decompress(file, plain)
                    yield plain
        except PermissionError as error:
            raise BackupError(f"{self.path} cannot be read: {error.strerror}.", state=UNCHANGED) from error

    def _decompress(self, file: BinaryIO, plain: BinaryIO) -> None:
        try:
            with gzip.open(file) as stream:
                shutil.copyfileobj(stream, plain, MIB)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise VerificationError(
                f"{self.path} is damaged: {error}.", state=UNCHANGED, next_command="use another backup"
            ) from error


def find_source(config: BackupConfig, what: str, database: DatabaseIdentity | None, tell: Tell) -> Source:
    """Find a backup by its id, `latest`, or a file.

    A file that lies beside its manifest, as `backup pull` leaves it, is a backup. `latest` is the newest of this
    database; where there is no such database yet, the newest of all. A store that does not answer is warned of.

    Raises:
        ConfigurationError: there is no such thing, or the identity file cannot be used.
        BackupError: there is no good backup, or no store answers.
    """
    path = Path(what)
    if not path.is_file():
        return find_stored(config, reach(open_stores(config), tell).stores, what, database)
    beside = [copy for copy in _in_folder_of(path) if copy.manifest and Path(copy.manifest.object).name == path.name]
    return StoredDump(beside, _identities(config)) if beside else DumpFile(path)


def find_stored(
    config: BackupConfig, stores: Sequence[Store], what: str, database: DatabaseIdentity | None
) -> StoredDump:
    """Find a backup in the stores by its id or as `latest`; raises as `find_source` does."""
    return StoredDump(_in_stores(stores, what, database), _identities(config))


def find_for_drill(
    config: BackupConfig, stores: Sequence[Store], what: str, database: DatabaseIdentity | None
) -> StoredDump:
    """Find a backup as `find_stored` does; where the stores have none of this database, `latest` is the newest of all.

    A drill replaces nothing, and is often run on a machine that never had the database.
    """
    if what == "latest" and not any(newest(store, lambda manifest: manifest.database == database) for store in stores):
        database = None
    return find_stored(config, stores, what, database)


def _identities(config: BackupConfig) -> list[Any] | None:
    return read_identities(config.identity_file) if config.identity_file else None


def _in_stores(stores: Sequence[Store], what: str, database: DatabaseIdentity | None) -> list[Backup]:
    try:
        return find(stores, what, database)
    except BackupError as error:
        if database is None or isinstance(error, StoreError):
            raise
        raise BackupError(
            f"There is no good backup of the database {database.name} that this server has now.",
            state=UNCHANGED,
            next_command="langagent backup list, then langagent restore ID (by its id, another one's serves too)",
        ) from error


def _in_folder_of(path: Path) -> list[Backup]:
    folder = path.resolve().parent
    return in_store(FolderStore(folder.parent)) if folder.name == "database" else []


@contextmanager
def _spill(size: int) -> Iterator[BinaryIO]:
    """Open a file without a name, which no crash leaves behind, where there is room for so many bytes."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < size:
        raise _no_space(folder, f"{size} bytes are needed, {free} are free")
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            yield file
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
            raise
        raise _no_space(folder, str(error.strerror)) from error


def _no_space(folder: str, why: str) -> PreflightError:
    return PreflightError(
        f"There is no room for the dump in {folder}: {why}.",
        state=UNCHANGED,
        next_command="set TMPDIR to a folder on a disk with room",
    )
