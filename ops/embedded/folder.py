"""A data folder of ours: recognised, locked by one owner at a time, with a short place for sockets."""

import fcntl
import hashlib
import os
import shutil
import time
from pathlib import Path
from typing import Self

from ops.errors import LockedError, PreflightError

LINGERING_SECONDS = 30.0
SOCKETS = Path("/tmp")  # noqa: S108 - short (a socket's path ends at 107 bytes); the folder in it is ours and 0700


class DataFolder:
    """The folder of one embedded server. Its lock is inherited by the server, so it is held until both are gone."""

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path.absolute()
        self.kind = kind
        self._lock: int | None = None

    @property
    def lock_file(self) -> Path:
        return self.path / f"langagent-{self.kind}.lock"

    @property
    def sockets(self) -> Path:
        digest = hashlib.sha256(os.fsencode(self.path.resolve())).hexdigest()[:16]
        return SOCKETS / f"langagent-{digest}"

    @property
    def lock_fd(self) -> int:
        if self._lock is None:
            raise RuntimeError("the folder is not open")
        return self._lock

    def open(self) -> Self:
        """Make, recognise and lock the folder.

        Raises:
            PreflightError: the folder is not ours or may not be written.
            LockedError: another process uses it.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._recognise()
            self._lock = os.open(self.lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise PreflightError(
                f"The folder {self.path} cannot be used: {error.strerror}.",
                state="Nothing was started.",
                next_command=f"ls -ld '{self.path}' (it must be a folder that you may write)",
            ) from error
        self._acquire()
        self._open_sockets()
        return self

    def close(self) -> None:
        """Release the folder; the server must be gone."""
        if self._lock is not None:
            shutil.rmtree(self.sockets, ignore_errors=True)
            os.ftruncate(self._lock, 0)  # the last children of a killed server may hold the lock a little longer
            self._unlock()

    def _unlock(self) -> None:
        os.close(self.lock_fd)
        self._lock = None

    def _recognise(self) -> None:
        if not self.lock_file.exists() and any(self.path.iterdir()):
            raise PreflightError(
                f"The folder {self.path} is not empty and was not made by langagent for {self.kind}.",
                state="Nothing in it was touched.",
                next_command=f"mv '{self.path}' '{self.path}.foreign' and start again",
            )

    def _acquire(self) -> None:
        deadline = time.monotonic() + LINGERING_SECONDS
        while not self._try_lock():
            holder = self._holder()
            if _is_running(holder) or time.monotonic() > deadline:
                self._unlock()
                raise self._refusal(holder)
            time.sleep(0.02)  # the server of a killed owner is still shutting down
        os.ftruncate(self.lock_fd, 0)
        os.pwrite(self.lock_fd, str(os.getpid()).encode(), 0)

    def _refusal(self, holder: int) -> LockedError:
        return LockedError(
            f"The {self.kind} folder {self.path} is in use by {f'process {holder}' if holder else 'a dying server'}.",
            state="Nothing was started; the running server is untouched.",
            next_command=f"kill {holder} (or use another folder)" if holder else f"fuser '{self.lock_file}'",
        )

    def _try_lock(self) -> bool:
        try:
            fcntl.flock(self.lock_fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _holder(self) -> int:
        return int(os.pread(self.lock_fd, 20, 0) or b"0")

    def _open_sockets(self) -> None:
        """Start with an empty folder: with the lock held, whatever lies there is left over from a dead server."""
        try:
            if self.sockets.exists():
                shutil.rmtree(self.sockets)
            self.sockets.mkdir(mode=0o700)
        except OSError as error:
            self._unlock()
            raise PreflightError(
                f"The folder for sockets, {self.sockets}, cannot be made anew: {error.strerror}.",
                state="Nothing was started.",
                next_command=f"ls -ld {self.sockets}",
            ) from error


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0
