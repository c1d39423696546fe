"""What both embedded servers share: a locked folder, a child process, waiting until it answers."""

import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from ops.embedded.child import spawn, stop
from ops.embedded.folder import DataFolder
from ops.errors import OpsError

START_SECONDS = 60.0
STOP_SECONDS = 30.0
LOG_LINES_SHOWN = 8


class EmbeddedServer(ABC):
    """A database server that runs in `folder` from `start()` to `stop()`, and never longer than this process."""

    kind: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, folder: Path, *, log: Path | None = None) -> None:
        self.data = DataFolder(folder, self.kind)
        self.log = log or self.data.path / f"{self.kind}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def _prepare(self) -> None:
        """Make the data and remove what a dead server left; the folder is locked."""

    @abstractmethod
    def _argv(self) -> list[str]: ...

    @abstractmethod
    def _answers(self) -> bool: ...

    def _finish(self) -> None:  # noqa: B027 - a hook, empty on purpose
        """Bring a server that answers into the state it is promised in."""

    @property
    def identity(self) -> str:
        """Who the server runs as; see `launch.py`."""
        return "same"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Lock the folder, start the server and return when it answers.

        Raises:
            PreflightError: the folder is not fit; nothing was started.
            LockedError: another process runs a server in it.
            OpsError: the server did not come up; the message has the end of its log.
        """
        self.data.open()
        try:
            self._prepare()
            self._process = self._spawn(self._argv())
            self._wait()
            self._finish()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server cleanly and release the folder. May be called at any time, more than once."""
        if self._process is not None:
            stop(self._process, self.stop_signal, patience=STOP_SECONDS)
            self._process = None
        self.data.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def log_tail(self) -> str:
        """The last lines the server wrote."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-LOG_LINES_SHOWN:])

    def _spawn(self, argv: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as output:
            return spawn(
                argv,
                death_signal=self.stop_signal,
                identity=self.identity,
                env={**os.environ, "LC_ALL": "C"},
                cwd=self.data.path,
                output=output,
                keep_fds=(self.data.lock_fd,),
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if not self.is_alive or time.monotonic() > deadline:
                raise self._failure(f"The embedded {self.kind} server did not start")
            time.sleep(0.01)

    def _failure(self, what: str) -> OpsError:
        return OpsError(
            f"{what}. The end of its log:\n{self.log_tail()}",
            state="It is not running; the data in its folder was kept.",
            next_command=f"less '{self.log}'",
        )
