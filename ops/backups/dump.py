"""pg_dump as a stream that ends well only if pg_dump did."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from ops.embedded.child import launch_argv
from ops.errors import BackupError

PIPE_BYTES = 1 << 20
LOCK_WAIT = "60s"
_WORDS_SHOWN = 2000


def dump_argv(program: str, snapshot_id: str) -> list[str]:
    """Return the command that writes a database, uncompressed, in the format that pg_restore reads in parallel.

    pg_dump writes 4 KiB at a time into a pipe, which takes a third of its CPU; stdbuf(1) gives it a larger buffer.
    """
    buffered = [stdbuf, f"--output={PIPE_BYTES}"] if (stdbuf := shutil.which("stdbuf")) else []
    return [
        *buffered,
        program,
        "--format=custom",
        "--compress=0",
        "--no-password",
        f"--lock-wait-timeout={LOCK_WAIT}",
        f"--snapshot={snapshot_id}",
    ]


class Dump:
    """What a running pg_dump writes; it is killed when the context ends before it does."""

    def __init__(self, argv: list[str], environment: Mapping[str, str], passed: Callable[[int], None]) -> None:
        self.bytes = 0
        self._passed = passed
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._process = subprocess.Popen(  # noqa: S603 - an argv list of ours
            launch_argv(argv, death_signal=signal.SIGKILL),
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._words,
            start_new_session=True,
        )
        self._pipe = self._process.stdout.fileno() if self._process.stdout else -1
        fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    def read(self, size: int, /) -> bytes:
        """Return the next bytes.

        Raises:
            BackupError: this is the end, and pg_dump failed.
        """
        data = os.read(self._pipe, size)
        if not data and self._process.wait():
            raise self._failure()
        self.bytes += len(data)
        self._passed(self.bytes)
        return data

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._words.close()

    def _failure(self) -> BackupError:
        self._words.seek(0)
        words = self._words.read(_WORDS_SHOWN).decode(errors="replace").strip()
        how = f"signal {-self._process.returncode}" if self._process.returncode < 0 else "an error"
        return BackupError(
            f"pg_dump ended with {how}: {words or 'it said nothing'}",
            state="Nothing was stored as a backup; earlier backups are untouched.",
            next_command="langagent backup",
        )
