"""A real SSH server in this process: it checks a public key and runs commands as children."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from paramiko import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_SUCCEEDED, Channel, PKey, ServerInterface, Transport


class Sshd:
    """A server on loopback; `drop` cuts its connections."""

    def __init__(self, host_key: PKey, user_key: PKey) -> None:
        self._host_key, self._user_key = host_key, user_key
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._transports: list[Transport] = []

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def serve(self) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                transport = Transport(connection)
                transport.add_server_key(self._host_key)
                self._transports.append(transport)
                with suppress(Exception):
                    transport.start_server(server=_Door(self._user_key))

    def drop(self) -> None:
        """Cut every connection."""
        for transport in self._transports:
            transport.close()

    def close(self) -> None:
        """End the server."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop()


@contextmanager
def sshd(host_key: PKey, user_key: PKey) -> Iterator[Sshd]:
    """Run a server for the time of the block."""
    server = Sshd(host_key, user_key)
    thread = Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


class _Door(ServerInterface):  # type: ignore[misc]
    def __init__(self, user_key: PKey) -> None:
        self._user_key = user_key

    def get_allowed_auths(self, _username: str) -> str:
        return "publickey"

    def check_auth_publickey(self, _username: str, key: PKey) -> int:
        return int(AUTH_SUCCESSFUL if key == self._user_key else AUTH_FAILED)

    def check_channel_request(self, _kind: str, _channel_id: int) -> int:
        return int(OPEN_SUCCEEDED)

    def check_channel_exec_request(self, channel: Channel, command: bytes) -> bool:
        Thread(target=_run, args=(channel, command)).start()
        return True


def _run(channel: Channel, command: bytes) -> None:
    """Do what sshd does: pass three streams on, and leave a command alone when its channel closes."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(["/bin/sh", "-c", command], stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    stdin, stdout, stderr = process.stdin, process.stdout, process.stderr
    pumps = [
        Thread(target=_pump, args=(lambda: stdout.read(1 << 16), channel.sendall)),
        Thread(target=_pump, args=(lambda: stderr.read(1 << 16), channel.sendall_stderr)),
    ]
    feed = Thread(target=_pump, args=(lambda: channel.recv(1 << 16), stdin.write, stdin.close))
    for thread in (*pumps, feed):
        thread.start()
    for thread in pumps:
        thread.join()
    with suppress(OSError, EOFError):
        channel.send_exit_status(process.wait())
    channel.close()
    feed.join()
    stdout.close()
    stderr.close()


def _pump(read: object, write: object, close: object = None) -> None:
    assert callable(read)
    assert callable(write)
    with suppress(OSError):
        while piece := read():
            write(piece)
    with suppress(OSError):
        if callable(close):
            close()
