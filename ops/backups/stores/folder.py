"""Backups in a folder."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ops.backups.stores.base import ObjectMissingError, Reader, StoredObject, StoreError, UnreadableError

UNFINISHED = ".unfinished"


class FolderStore:
    """Objects are files; they get their names when they are whole and on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()

    @property
    def name(self) -> str:
        return str(self.root)

    def objects(self, prefix: str) -> list[StoredObject]:
        found = []
        with self._explained("listed"):
            for key, path in self._files(prefix):
                with suppress(FileNotFoundError):  # deleted meanwhile
                    if not key.endswith(UNFINISHED):
                        found.append(StoredObject(key, path.stat().st_size))
        return found

    def size(self, key: str) -> int | None:
        with self._explained("read"):
            try:
                return self._path(key).stat().st_size
            except FileNotFoundError:
                return None

    def sink(self, key: str, *, expected_bytes: int = 0) -> "FileSink":  # noqa: ARG002 - files grow as they need
        with self._explained("written"):
            return FileSink(self, self._path(key))

    @contextmanager
    def reading(self, key: str) -> Iterator[Reader]:
        with _readable(self._path(key)):
            try:
                file = self._path(key).open("rb", buffering=0)
            except FileNotFoundError as error:
                raise ObjectMissingError(f"{self.name} has no {key}.") from error
        with file:
            yield FileReader(self._path(key), file)

    def delete(self, key: str) -> None:
        with self._explained("changed"):
            self._path(key).unlink(missing_ok=True)

    def unfinished(self, prefix: str) -> list[str]:
        with self._explained("listed"):
            return sorted({_whole(key) for key, _ in self._files(prefix) if key.endswith(UNFINISHED)})

    def discard(self, key: str) -> None:
        with self._explained("changed"):
            for found, path in list(self._files(key)):
                if found.endswith(UNFINISHED) and _whole(found) == key:
                    path.unlink(missing_ok=True)

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.root} cannot be {what}: {error.strerror or error}.",
                state="What was stored there before is untouched.",
                next_command=f"ls -ld '{self.root}'; df -h '{self.root}'",
            ) from error

    def _path(self, key: str) -> Path:
        return self.root / key

    def _files(self, prefix: str) -> Iterator[tuple[str, Path]]:
        top = self.root / prefix.rpartition("/")[0]
        try:
            os.scandir(top).close()  # rglob takes a folder that cannot be listed for an empty one
        except FileNotFoundError:
            return
        for path in sorted(top.rglob("*")):
            key = path.relative_to(self.root).as_posix()
            if key.startswith(prefix) and path.is_file():
                yield key, path


class FileSink:
    """A file that is written under another name and renamed when it is on the disk."""

    def __init__(self, store: FolderStore, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._store = store
        self._path = path
        self._draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
        self._file = os.fdopen(os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)

    def write(self, data: bytes, /) -> None:
        with self._store._explained("written"):
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) :]

    def commit(self) -> None:
        with self._store._explained("written"):
            os.fsync(self._file.fileno())
            self._file.close()
            self._draft.replace(self._path)
            _sync_folder(self._path.parent)

    def abort(self) -> None:
        with suppress(OSError):
            self._file.close()
            self._draft.unlink(missing_ok=True)


class FileReader:
    """A file whose read errors are those of its store."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file

    def read(self, size: int, /) -> bytes:
        with _readable(self._path):
            return self._file.read(size)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableError(
            f"{path} cannot be read: {error.strerror or error}.",
            state="What is stored is untouched.",
            next_command=f"ls -l '{path}' (who may read it); dmesg (whether its disk fails)",
        ) from error


def _whole(key: str) -> str:
    return key.removesuffix(UNFINISHED).rpartition(".")[0]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
