"""Load the rows of a dump over several connections at once.

pg_restore gives each table one connection, so that the largest one keeps a single core busy for half of a load. Its
script of the rows is cut here at the ends of lines, and every connection takes the next piece of the table.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import BufferedReader
from queue import Queue
from threading import Event
from typing import Final

from ops.backups.database import Connection

BUFFER_BYTES: Final = 1 << 20
_COPY, _FROM_STDIN = b"COPY ", b" FROM stdin;\n"
_END: Final = b"\\.\n"
_COMMENTS: Final = (b"--", b"\\", b"\n")  # backslash: \restrict, which guards psql and nobody else
_OF_SESSION: Final = (b"SET ", b"SELECT pg_catalog.set_config(")


def load_rows(script: BufferedReader, connections: Sequence[Connection]) -> None:
    """Run a script of rows: each table on all connections, everything else on the first.

    Args:
        connections: In autocommit; what the script sets for its session is set for each.

    Raises:
        psycopg.Error: the server refused a part of it.
    """
    with ThreadPoolExecutor(len(connections), thread_name_prefix="rows") as pool:
        for statement in _statements(script):
            if statement.startswith(_COPY) and statement.endswith(_FROM_STDIN):
                _load_table(statement, _pieces(script), connections, pool)
            else:
                for connection in connections if statement.startswith(_OF_SESSION) else connections[:1]:
                    connection.execute(statement)


def _statements(script: BufferedReader) -> Iterator[bytes]:
    """Yield what stands between the rows of tables; the rows are for the caller to read."""
    lines: list[bytes] = []
    while line := script.readline():
        if not lines and line.startswith(_COMMENTS):
            continue
        lines.append(line)
        if line.endswith(b";\n"):
            yield b"".join(lines)
            lines = []


def _pieces(script: BufferedReader) -> Iterator[bytes]:
    """Yield the rows of one table, whole lines at a time; the line that ends them is read, too.

    It is missing only if the program that writes the script failed, which says so itself.
    """
    while True:
        seen = script.peek()
        lines = seen[: seen.rfind(b"\n") + 1]
        size = 0 if lines.startswith(_END) else lines.find(b"\n" + _END) + 1 or len(lines)
        piece = script.read(size) if size else script.readline()  # the end, or a line longer than the buffer
        if piece in (_END, b""):
            return
        yield piece


def _load_table(
    copy: bytes, pieces: Iterator[bytes], connections: Sequence[Connection], pool: ThreadPoolExecutor
) -> None:
    """Hand the pieces to as many connections as there are pieces; a small table needs but one."""
    queue: Queue[bytes | None] = Queue(2 * len(connections))
    refused = Event()
    loads: list[Future[None]] = []
    try:
        for piece in pieces:
            if refused.is_set():
                break
            if len(loads) < len(connections):
                loads.append(pool.submit(_copy, connections[len(loads)], copy, queue.get, refused))
            queue.put(piece)
    finally:
        for _ in loads:
            queue.put(None)
    for load in loads:
        load.result()


def _copy(connection: Connection, copy: bytes, take: Callable[[], bytes | None], refused: Event) -> None:
    """Write pieces until there are no more; after a refusal take what is there all the same, so that nobody waits."""
    piece: bytes | None = b""
    try:
        with connection.cursor().copy(copy) as rows:
            while (piece := take()) is not None:
                rows.write(piece)
    except BaseException:
        refused.set()
        raise
    finally:
        while piece is not None:
            piece = take()
