"""Decompress a dump into a program, and keep its beginning: nothing of it has to lie on the disk uncompressed."""

import fcntl
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import BufferedReader, FileIO
from threading import Event
from typing import BinaryIO

import zstandard

from ops.backups.encryption import Writer
from ops.backups.program import writing
from ops.backups.rows import BUFFER_BYTES
from ops.backups.source import UNCHANGED
from ops.backups.stores.base import Reader
from ops.backups.stream import decompressed
from ops.errors import BackupError, VerificationError

_PIECE = 1 << 18


@contextmanager
def streamed(argv: list[str], dump: BinaryIO, contents: Writer) -> Iterator[BufferedReader]:
    """Start a program that reads a dump from its input, and read what it writes.

    Args:
        dump: Compressed by zstd.
        contents: Takes the dump's beginning: all that the program has read before it writes, which for pg_restore is
            the whole table of contents at least.

    Raises:
        VerificationError: the dump does not decompress.
        LoadError: the program failed.
    """
    known = Event()
    with _fed(decompressed(dump), contents, known) as end, writing(argv, end, BUFFER_BYTES, by_name=False) as script:
        end.close()
        script.peek()
        known.set()
        yield script


@contextmanager
def _fed(source: Reader, contents: Writer, known: Event) -> Iterator[FileIO]:
    """Return the end of a pipe that a source is written into; a failure of the source goes before the reader's."""
    reading, writing_end = os.pipe()
    fcntl.fcntl(writing_end, fcntl.F_SETPIPE_SZ, BUFFER_BYTES)
    with ThreadPoolExecutor(1, thread_name_prefix="feed") as pool, FileIO(reading) as end:
        fed = pool.submit(_feed, source, contents, known, writing_end)
        try:
            yield end
        except BackupError as error:
            end.close()
            if cause := fed.exception():
                raise cause from error
            raise
    fed.result()


def _feed(source: Reader, contents: Writer, known: Event, writing_end: int) -> None:
    """Copy a source into a pipe; a reader that ends before it says itself why."""
    try:
        with suppress(BrokenPipeError), FileIO(writing_end, "w") as pipe:
            while data := source.read(_PIECE):
                if not known.is_set():
                    contents.write(data)
                while data:
                    data = data[pipe.write(data) :]
    except zstandard.ZstdError as error:
        raise VerificationError(
            f"The dump does not decompress: {error}.", state=UNCHANGED, next_command="use another backup"
        ) from error
