"""What a deploy needs of a machine: run a command, read a file, write a file whole or not at all."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Done:
    """What a finished command left behind."""

    code: int
    stdout: str
    stderr: str


class Host(Protocol):
    """A machine, here or over SSH. Every argument is passed on as it is: no shell reads it again."""

    name: str

    def run(
        self,
        argv: Sequence[str],
        *,
        stdin: bytes | Iterable[bytes] = b"",
        timeout: float = 60.0,
        check: bool = True,
    ) -> Done:
        """Run a command to its end; secrets go in by `stdin`, never by `argv`.

        Raises:
            HostError: the command failed and `check` is set, it took longer than `timeout` seconds, or the connection
                was lost.
        """
        ...

    def lines(self, argv: Sequence[str], *, timeout: float | None = None) -> Generator[str, None, None]:
        """Yield the lines of a command's output as they come; closing the iterator ends the command.

        Raises:
            HostError: the command failed, it took longer than `timeout` seconds, or the connection was lost.
        """
        ...

    def read(self, path: str) -> bytes:
        """Return a file.

        Raises:
            FileNotFoundError: there is none.
        """
        ...

    def write(self, path: str, content: bytes, *, mode: int = 0o644) -> None:
        """Put a file in place by a temporary name, fsync and rename; missing folders are made."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...
