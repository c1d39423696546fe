"""A command of ours that runs as a child, as a person would have typed it."""

import os
import signal
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from subprocess import Popen, TimeoutExpired
from typing import IO, Final

from ops.embedded.child import spawn

STOP_SECONDS: Final = 8.0
LOCKED: Final = 11
_WORDS_SHOWN: Final = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: `words` is the end of what it said."""

    code: int
    words: str

    @property
    def succeeded(self) -> bool:
        return self.code == 0

    @property
    def is_to_wait(self) -> bool:
        """Whether somebody else was at it, which is no failure."""
        return self.code == LOCKED

    @property
    def word(self) -> str:
        return "done" if self.succeeded else "has to wait" if self.is_to_wait else "failed"


class Job:
    """A running command. It ends with us, however we end."""

    def __init__(self, name: str, argv: Sequence[str], environment: Mapping[str, str], began: datetime) -> None:
        self.name = name
        self.began = began
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by outcome() or stop()
        self.process: Popen[bytes] = spawn(
            argv, death_signal=signal.SIGINT, env={**os.environ, **environment}, output=self._said
        )

    def outcome(self) -> Outcome | None:
        """Return how it ended; None while it runs."""
        code = self.process.poll()
        if code is None:
            return None
        words = self._words()
        self._said.close()
        if code < 0:
            return Outcome(code, f"{words}\nIt was ended by {signal.Signals(-code).name}.".strip())
        return Outcome(code, words)

    def stop(self) -> None:
        """Interrupt it as Ctrl-C does, so that it leaves nothing half done, and kill it if that takes long."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._said.close()

    def _words(self) -> str:
        end = self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, end - _WORDS_SHOWN))
        return self._said.read().decode(errors="replace").strip()
