"""Talk to a running command over its three streams at once, so that none fills up while another waits."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

CHUNK = 1 << 17


@dataclass(frozen=True, slots=True)
class Streams:
    """A command's ends: `send` and `end` write its input, `abort` ends it, `out` and `err` read at most n bytes."""

    send: Callable[[bytes], object]
    end: Callable[[], object]
    abort: Callable[[], object]
    out: Callable[[int], bytes]
    err: Callable[[int], bytes]


def converse(streams: Streams, stdin: bytes | Iterable[bytes]) -> tuple[bytes, bytes]:
    """Feed a command and return what it wrote to its output and its error output.

    Raises:
        Exception: whatever the source of `stdin` raises; the command was aborted.
    """
    with ThreadPoolExecutor(2) as pool:
        fed = pool.submit(_feed, streams, stdin)
        errors = pool.submit(_drain, streams.err)
        output = _drain(streams.out)
        fed.result()
        return output, errors.result()


@contextmanager
def deadline(seconds: float | None, end: Callable[[], object]) -> Iterator[threading.Event]:
    """Call `end` if the block is not left within so many seconds; the event says whether that happened."""
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        end()

    timer = threading.Timer(threading.TIMEOUT_MAX if seconds is None else seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        yield expired
    finally:
        timer.cancel()


def _feed(streams: Streams, stdin: bytes | Iterable[bytes]) -> None:
    try:
        for chunk in _pieces(stdin) if isinstance(stdin, bytes) else stdin:
            with suppress(OSError):  # the command ended without reading on; its exit code tells why
                streams.send(chunk)
    except BaseException:
        streams.abort()
        raise
    with suppress(OSError):
        streams.end()


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))


def _drain(read: Callable[[int], bytes]) -> bytes:
    return b"".join(iter(lambda: read(CHUNK), b""))
