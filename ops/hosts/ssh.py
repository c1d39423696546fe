"""A machine over SSH: one connection, a channel for each command."""

import shlex
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from paramiko import (
    AuthenticationException,
    BadHostKeyException,
    Channel,
    PKey,
    SSHClient,
    SSHException,
)

from langagent.settings import Secret
from ops.errors import ConfigurationError
from ops.hosts import keys, outcome
from ops.hosts.address import Address
from ops.hosts.base import Done
from ops.hosts.streams import Streams, converse, deadline

KEEPALIVE_SECONDS = 10
ABSENT = 66
NO_STATUS = -1

# The command ends when its input does, that is when the channel closes: sshd by itself would let it run on.
_TIED = """
"$@" </dev/null & command=$!
exec 3<&0
(cat <&3 >/dev/null; kill $command) 2>/dev/null & watch=$!
wait $command; code=$?
kill $watch 2>/dev/null
exit $code
"""
_READ = f'[ -e "$1" ] || exit {ABSENT}; exec cat -- "$1"'
# A connection that breaks looks like the end of the input: only a file of the right size is put in place.
_WRITE = """
set -e
folder=$(dirname -- "$1")
mkdir -p -- "$folder"
draft=$(mktemp -- "$folder/.draft.XXXXXXXX")
trap 'rm -f -- "$draft"' EXIT
cat >"$draft"
[ "$(stat -c %s -- "$draft")" = "$2" ]
chmod -- "$3" "$draft"
sync -- "$draft"
mv -fT -- "$draft" "$1"
sync -- "$folder"
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """What we prove ourselves by: the text of a private key, a file, or else an agent and the files of ~/.ssh."""

    text: Secret = Secret("")
    file: Path | None = None


class SshHost:
    """A machine that is connected; `connect` makes it."""

    def __init__(self, address: Address, client: SSHClient) -> None:
        self.name = str(address)
        self._client = client

    def run(
        self,
        argv: Sequence[str],
        *,
        stdin: bytes | Iterable[bytes] = b"",
        timeout: float = 60.0,
        check: bool = True,
    ) -> Done:
        """Run a command to its end; see `Host.run`."""
        done = outcome.decoded(*self._run(argv, stdin, timeout))
        return outcome.checked(self.name, argv, done) if check else done

    def lines(self, argv: Sequence[str], *, timeout: float | None = None) -> Generator[str, None, None]:
        """Yield the lines of a command's output; see `Host.lines`."""
        with (
            self._channel(["sh", "-c", _TIED, "sh", *argv], argv) as channel,
            deadline(timeout, lambda: _hang_up(channel)) as expired,
        ):
            for line in channel.makefile("rb"):
                yield line.decode(errors="replace").rstrip("\r\n")
            code = self._code(channel, argv, timeout or 0, expired)
            outcome.checked(self.name, argv, outcome.decoded(code, b"", channel.makefile_stderr("rb").read()))

    def read(self, path: str) -> bytes:
        """Return a file; see `Host.read`."""
        argv = ["sh", "-c", _READ, "sh", path]
        code, stdout, stderr = self._run(argv, b"", 60.0)
        if code == ABSENT:
            raise FileNotFoundError(path)
        outcome.checked(self.name, ["cat", path], outcome.decoded(code, b"", stderr))
        return stdout

    def write(self, path: str, content: bytes, *, mode: int = 0o644) -> None:
        """Put a file in place whole or not at all; see `Host.write`."""
        argv = ["sh", "-c", _WRITE, "sh", path, str(len(content)), f"{mode:o}"]
        done = outcome.decoded(*self._run(argv, content, 60.0))
        outcome.checked(self.name, ["write", path], done)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _run(self, argv: Sequence[str], stdin: bytes | Iterable[bytes], timeout: float) -> tuple[int, bytes, bytes]:
        with self._channel(argv, argv) as channel, deadline(timeout, lambda: _hang_up(channel)) as expired:
            stdout, stderr = converse(_streams(channel), stdin)
            return self._code(channel, argv, timeout, expired), stdout, stderr

    @contextmanager
    def _channel(self, remote: Sequence[str], argv: Sequence[str]) -> Iterator[Channel]:
        transport = self._client.get_transport()
        try:
            if transport is None:
                raise outcome.lost(self.name, argv)
            channel = transport.open_session(timeout=keys.CONNECT_SECONDS)
            try:
                channel.exec_command(shlex.join(remote))
                yield channel
            finally:
                _hang_up(channel)
        except (SSHException, EOFError, ConnectionError) as error:
            raise outcome.lost(self.name, argv) from error

    def _code(self, channel: Channel, argv: Sequence[str], timeout: float, expired: Event) -> int:
        code = int(channel.recv_exit_status())
        if expired.is_set():
            raise outcome.overdue(self.name, argv, timeout)
        if code == NO_STATUS:
            raise outcome.lost(self.name, argv)
        return code


def connect(address: Address, identity: Identity, known: Iterable[Path]) -> SshHost:
    """Connect to a machine whose host key is in one of the `known` files.

    Raises:
        HostKeyError: its key is unknown or has changed; nothing was sent.
        HostError: it is not reached.
        ConfigurationError: it does not accept who we are, or the private key cannot be used.
    """
    client = SSHClient()
    keys.learn(client.get_host_keys(), known)
    client.set_missing_host_key_policy(_Refuse(address))
    try:
        client.connect(
            address.host,
            address.port,
            address.user,
            sock=keys.dial(address),
            timeout=keys.CONNECT_SECONDS,
            banner_timeout=keys.CONNECT_SECONDS,
            auth_timeout=keys.CONNECT_SECONDS,
            **_credentials(identity),
        )
        _keep_alive(client)
    except BaseException as error:
        client.close()
        raise _explained(address, error) from error
    return SshHost(address, client)


class _Refuse:
    """A policy in the sense of `paramiko.MissingHostKeyPolicy`."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def missing_host_key(self, _client: SSHClient, _name: str, key: PKey) -> None:
        raise keys.refusal(self._address, key, None)


def _credentials(identity: Identity) -> dict[str, object]:
    alone: dict[str, object] = {"allow_agent": False, "look_for_keys": False}
    if identity.text:
        return {"pkey": keys.identity(identity.text), **alone}
    if identity.file:
        return {"pkey": keys.identity(Secret(_text(identity.file))), **alone}
    return {}


def _text(file: Path) -> str:
    try:
        return file.expanduser().read_text()
    except OSError as error:
        raise ConfigurationError(f"The private key {file} cannot be read: {error.strerror}.") from error


def _keep_alive(client: SSHClient) -> None:
    transport = client.get_transport()
    if transport is not None:
        transport.set_keepalive(KEEPALIVE_SECONDS)


def _explained(address: Address, error: BaseException) -> BaseException:
    if isinstance(error, BadHostKeyException):
        return keys.refusal(address, error.key, error.expected_key)
    if isinstance(error, AuthenticationException) or "No authentication methods" in str(error):
        return ConfigurationError(
            f"{address} does not accept who we are: {error}.",
            state="Nothing was changed there.",
            next_command="--identity KEYFILE, or SSH_PRIVATE_KEY with the key's text",
        )
    return keys.unreachable(address, error) if isinstance(error, OSError | SSHException | EOFError) else error


def _streams(channel: Channel) -> Streams:
    return Streams(
        send=channel.sendall,
        end=channel.shutdown_write,
        abort=lambda: _hang_up(channel),
        out=channel.recv,
        err=channel.recv_stderr,
    )


def _hang_up(channel: Channel) -> None:
    with suppress(OSError, EOFError, SSHException):  # the connection may be gone already
        channel.close()
