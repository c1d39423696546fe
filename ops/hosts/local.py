"""This machine, as a host: for the executor on the server, and for deploys without SSH."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import IO

from ops.errors import HostError
from ops.hosts import outcome
from ops.hosts.base import Done
from ops.hosts.streams import Streams, converse, deadline


class LocalHost:
    """Commands are children of this process; one that takes too long is killed with all that it started."""

    name = "this machine"

    def run(
        self,
        argv: Sequence[str],
        *,
        stdin: bytes | Iterable[bytes] = b"",
        timeout: float = 60.0,
        check: bool = True,
    ) -> Done:
        """Run a command to its end; see `Host.run`."""
        done = self._run(argv, stdin, timeout)
        return outcome.checked(self.name, argv, done) if check else done

    def lines(self, argv: Sequence[str], *, timeout: float | None = None) -> Generator[str, None, None]:
        """Yield the lines of a command's output; see `Host.lines`."""
        with tempfile.TemporaryFile() as errors:
            with _running(argv, timeout, stdin=subprocess.DEVNULL, stderr=errors) as process:
                for line in _stream(process.stdout):
                    yield line.decode(errors="replace").rstrip("\r\n")
                code = process.wait()
            errors.seek(0)
            outcome.checked(self.name, argv, outcome.decoded(code, b"", errors.read()))

    def read(self, path: str) -> bytes:
        """Return a file; see `Host.read`."""
        return Path(path).read_bytes()

    def write(self, path: str, content: bytes, *, mode: int = 0o644) -> None:
        """Put a file in place whole or not at all; see `Host.write`."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as draft:
            try:
                os.fchmod(draft.fileno(), mode)
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                Path(draft.name).replace(target)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
        _sync(target.parent)

    def close(self) -> None:
        """There is no connection to let go of."""

    def _run(self, argv: Sequence[str], stdin: bytes | Iterable[bytes], timeout: float) -> Done:
        with _running(argv, timeout, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            stdout, stderr = converse(_streams(process), stdin)
            code = process.wait()
        return outcome.decoded(code, stdout, stderr)


@contextmanager
def _running(
    argv: Sequence[str], seconds: float | None, *, stdin: int, stderr: int | IO[bytes]
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a command in a session of its own, for so many seconds at most, and leave none of it behind."""
    try:
        process = subprocess.Popen(  # noqa: S603 - argv, no shell
            argv, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, start_new_session=True
        )
    except OSError as error:
        raise HostError(f"`{argv[0]}` cannot be run on this machine: {error.strerror}.") from error
    with process, deadline(seconds, lambda: _kill(process)) as late:
        try:
            yield process
        finally:
            _kill(process)
    if late.is_set():
        raise HostError(f"`{outcome.shown(argv)}` took longer than {seconds} s.", state="It was killed.")


def _streams(process: "subprocess.Popen[bytes]") -> Streams:
    stdin = process.stdin
    assert stdin is not None
    return Streams(
        send=lambda chunk: (stdin.write(chunk), stdin.flush()),
        end=stdin.close,
        abort=lambda: _kill(process),
        out=_stream(process.stdout).read1,
        err=_stream(process.stderr).read1,
    )


def _stream(pipe: IO[bytes] | None) -> BufferedReader:
    assert isinstance(pipe, BufferedReader)
    return pipe


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
