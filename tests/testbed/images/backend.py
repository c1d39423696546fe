"""Plays a backend of the proxy: counts, streams slowly, drops connections; port 8000."""

import json
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SEEN: Counter[str] = Counter()


class Backend(BaseHTTPRequestHandler):
    """`/api/drop` takes the request and answers nothing; `/api/stream` sends an event every half second."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path == "/seen":
            return self._answer({"seen": SEEN})
        SEEN[f"GET {self.path}"] += 1
        if self.path == "/api/stream":
            return self._stream()
        return self._answer({"headers": dict(self.headers)})

    def do_POST(self) -> None:
        SEEN[f"POST {self.path}"] += 1
        size = int(self.headers.get("Content-Length", 0))
        if self.path == "/api/drop":
            self.rfile.read(size)
            self.close_connection = True
            return None
        began = time.monotonic()
        first = self.rfile.read(1)
        waited = time.monotonic() - began
        rest = self.rfile.read(size - 1)
        return self._answer({"bytes": len(first + rest), "first_after": waited})

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    def _answer(self, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("X-Accel-Buffering", "no")
        self.send_header("Connection", "close")
        self.end_headers()
        for number in range(4):
            self.wfile.write(f"data: {number}\n\n".encode())
            self.wfile.flush()
            time.sleep(0.5)
        self.close_connection = True


if __name__ == "__main__":
    ThreadingHTTPServer(("0.0.0.0", 8000), Backend).serve_forever()
