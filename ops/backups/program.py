"""PostgreSQL's programs at work on a database that is being filled, and what their failures mean."""

import fcntl
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from typing import IO, BinaryIO

import psycopg
from psycopg.errors import DiskFull

from ops.backups.source import UNCHANGED
from ops.backups.target import Target
from ops.embedded.child import launch_argv
from ops.errors import BackupError

_SETTINGS = {
    "synchronous_commit": "off",
    "maintenance_work_mem": "96MB",
    "max_parallel_maintenance_workers": "0",  # pg_restore's jobs keep the cores busy
    "statement_timeout": "0",
    "lock_timeout": "0",
}
# Whole pages of new indexes go into the WAL: to compress them takes a third of the CPU of building them.
_SETTINGS_OF_SUPERUSERS = {"wal_compression": "off"}
_DISK_FULL = "No space left on device"
_WORDS_SHOWN = 2000


class LoadError(BackupError):
    """The server refused a part of a dump."""


def run(target: Target, database: str, argv: list[str], dump: BinaryIO) -> str:
    """Run a program to its end and return what it printed.

    Raises:
        LoadError: it failed.
        BackupError: the server has no room.
    """
    done = subprocess.run(  # noqa: S603 - an argv list of ours
        launch_argv(argv, death_signal=signal.SIGKILL),
        env={**os.environ, **target.at(database).environment(), "PGOPTIONS": _options(target)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        pass_fds=[dump.fileno()],
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        raise _failure(argv, done.returncode, done.stderr)
    return done.stdout.decode(errors="replace")


def _options(target: Target) -> str:
    with target.connect() as connection:
        may_set_all = connection.info.parameter_status("is_superuser") == "on"
    settings = _SETTINGS | (_SETTINGS_OF_SUPERUSERS if may_set_all else {})
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


@contextmanager
def writing(argv: list[str], dump: BinaryIO, buffer_bytes: int, *, by_name: bool) -> Iterator[BufferedReader]:
    """Start a program and read what it writes; it is killed when the context ends before it does.

    Args:
        dump: What the program reads.
        by_name: The command names the dump as a file; otherwise it is the program's input.

    Raises:
        LoadError: it failed, whatever became of what it had written.
    """
    with tempfile.TemporaryFile() as words, _pipe(buffer_bytes) as (script, end):
        process = subprocess.Popen(  # noqa: S603 - an argv list of ours
            launch_argv(argv, death_signal=signal.SIGKILL),
            stdin=subprocess.DEVNULL if by_name else dump,
            stdout=end,
            stderr=words,
            pass_fds=[dump.fileno()] if by_name else [],
            start_new_session=True,
        )
        os.close(end)
        try:
            yield script
            if process.wait():
                raise _failure(argv, process.returncode, _told(words))
        except LoadError as error:
            if process.poll():  # it went first: the server refused what it left unfinished
                raise _failure(argv, process.returncode, _told(words)) from error
            raise
        finally:
            process.kill()
            process.wait()


def _told(words: IO[bytes]) -> bytes:
    words.seek(0)
    return words.read()


@contextmanager
def _pipe(buffer_bytes: int) -> Iterator[tuple[BufferedReader, int]]:
    """Return a pipe's reading end, and the other one, which is for the taker to close."""
    reading, end = os.pipe()
    fcntl.fcntl(reading, fcntl.F_SETPIPE_SZ, buffer_bytes)
    script: BufferedReader = BufferedReader(FileIO(reading), buffer_bytes)
    with script:
        yield script, end


@contextmanager
def refusals_explained() -> Iterator[None]:
    """Say what the server's refusal of a row means.

    Raises:
        LoadError: it refused one.
        BackupError: it has no room.
        psycopg.OperationalError: the connection is lost, which says nothing of the dump.
    """
    try:
        yield
    except DiskFull as error:
        raise _no_room(_without_rows(error)) from error
    except psycopg.OperationalError:
        raise
    except psycopg.Error as error:
        raise _not_loaded("The server", _without_rows(error)) from error


def _without_rows(error: psycopg.Error) -> str:
    """Return what the server said, without its details: they quote rows, which are learners' own."""
    return error.diag.message_primary or str(error).strip()


def _failure(argv: list[str], code: int, said: bytes) -> BackupError:
    words = said.decode(errors="replace").strip()[:_WORDS_SHOWN] or _ended(code)
    return _no_room(words) if _DISK_FULL in words else _not_loaded(Path(argv[0]).name, words)


def _ended(code: int) -> str:
    return f"it was ended by signal {-code}" if code < 0 else f"exit {code}"


def _no_room(words: str) -> BackupError:
    return BackupError(
        f"The server has no room for a second database: {words}",
        state=UNCHANGED,
        next_command="make room where PostgreSQL keeps its data, then the same command again",
    )


def _not_loaded(who: str, words: str) -> LoadError:
    return LoadError(
        f"{who} could not load the dump: {words}",
        state=UNCHANGED,
        next_command="mend what it names, or restore another backup; then the same command again",
    )
