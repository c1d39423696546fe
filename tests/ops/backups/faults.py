"""An S3 server that misbehaves: a proxy in front of a real one."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import urlsplit

Fault = Callable[["Handler"], None]


@dataclass
class Faults:
    """Which requests go wrong, and how; `chosen` says so of (method, path with query)."""

    url: str = ""
    chosen: Callable[[str, str], bool] = lambda method, path: False
    fault: Fault = field(default=lambda handler: handler.answer(500, b""))
    hits: int = 0

    def on(self, fault: Fault, chosen: Callable[[str, str], bool]) -> None:
        self.fault, self.chosen = fault, chosen

    def off(self) -> None:
        self.chosen = lambda method, path: False


def status(code: int, name: str) -> Fault:
    """Answer with an error of S3's."""
    body = f"<Error><Code>{name}</Code><Message>a fault of the test</Message></Error>".encode()

    def fault(handler: "Handler") -> None:
        handler.body()
        handler.answer(code, body)

    return fault


def reset(handler: "Handler") -> None:
    """Read half of the request, then cut the line."""
    handler.rfile.read(handler.length // 2)
    handler.cut()


def silent(handler: "Handler") -> None:
    """Take the request and never answer."""
    handler.body()
    Event().wait(3)
    handler.cut()


def truncated(handler: "Handler") -> None:
    """Answer with half of the body, then cut the line."""
    code, headers, body = handler.forward()
    handler.start(code, headers)
    handler.wfile.write(body[: len(body) // 2])
    handler.cut()


def lost_answer(handler: "Handler") -> None:
    """Do what is asked, and cut the line instead of saying so."""
    handler.forward()
    handler.cut()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    faults: Faults
    behind: str

    @property
    def length(self) -> int:
        return int(self.headers.get("Content-Length") or 0)

    def body(self) -> bytes:
        return self.rfile.read(self.length)

    def handle_any(self) -> None:
        if self.faults.chosen(self.command, self.path):
            self.faults.hits += 1
            self.faults.fault(self)
            return
        code, headers, body = self.forward()
        self.start(code, headers)
        self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = handle_any  # noqa: N815

    def forward(self) -> tuple[int, list[tuple[str, str]], bytes]:
        body = self.body()
        if len(body) < self.length:
            raise ConnectionResetError("the client went away before it had said all")
        there = urlsplit(self.behind)
        connection = HTTPConnection(there.hostname or "", there.port, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), data

    def start(self, code: int, headers: list[tuple[str, str]]) -> None:
        self.send_response_only(code)
        for name, value in headers:
            if name.lower() not in ("connection", "transfer-encoding"):
                self.send_header(name, value)
        self.end_headers()

    def answer(self, code: int, body: bytes) -> None:
        self.start(code, [("Content-Length", str(len(body))), ("Content-Type", "application/xml")])
        self.wfile.write(body)

    def cut(self) -> None:
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is part of the tests."""


@contextmanager
def misbehaving(behind: str) -> Iterator[Faults]:
    """Run a proxy; without a fault chosen it passes everything on."""
    faults = Faults()
    handler = type("Bound", (Handler,), {"faults": faults, "behind": behind})
    with _Server(("127.0.0.1", 0), handler) as server:
        faults.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield faults
        finally:
            server.shutdown()
            thread.join()
