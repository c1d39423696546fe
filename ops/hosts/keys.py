"""Keys of SSH: those that machines are known by, and the one that we come with."""

import os
import socket
import tempfile
from collections.abc import Iterable
from contextlib import closing
from io import StringIO
from pathlib import Path

from paramiko import ECDSAKey, Ed25519Key, PKey, RSAKey, SSHException, Transport
from paramiko.hostkeys import HostKeyEntry, HostKeys, InvalidHostKey
from paramiko.ssh_exception import PasswordRequiredException

from langagent.settings import Secret
from ops.errors import ConfigurationError, HostError, HostKeyError
from ops.hosts.address import Address

PROJECT_KEYS = Path(".langagent/known_hosts")
CONNECT_SECONDS = 15.0
_KINDS: tuple[type[PKey], ...] = (Ed25519Key, ECDSAKey, RSAKey)


def files() -> tuple[Path, ...]:
    """Return the files of known host keys; what `server trust` pinned goes before what `ssh` learned."""
    return PROJECT_KEYS, Path("~/.ssh/known_hosts").expanduser()


def learn(keys: HostKeys, sources: Iterable[Path]) -> None:
    """Add the host keys of these files, the first one of a kind; a missing file has none, a broken line is skipped."""
    for source in sources:
        for line in _lines(source):
            names, key = _entry(line)
            for name in names:
                kind = key.get_name()
                if kind not in (keys.lookup(name) or {}):
                    keys.add(name, kind, key)


def pin(file: Path, address: Address, key: PKey) -> None:
    """Make this the one key that the file knows the machine by."""
    kept = [line for line in _lines(file) if not _is_of(line, address)]
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False) as draft:
        draft.write("".join(f"{line}\n" for line in [*kept, f"{address.known_as} {key.get_name()} {key.get_base64()}"]))
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(file)


def offered(address: Address) -> PKey:
    """Ask a machine for its host key; nothing else is sent to it.

    Raises:
        HostError: it is not reached, or does not speak SSH.
    """
    try:
        with closing(Transport(dial(address))) as transport:
            transport.start_client(timeout=CONNECT_SECONDS)
            return transport.get_remote_server_key()
    except (OSError, SSHException, EOFError) as error:
        raise unreachable(address, error) from error


def dial(address: Address) -> socket.socket:
    """Open a connection that breaks 30 s after the other side has fallen silent (TCP_USER_TIMEOUT, RFC 5482)."""
    connection = socket.create_connection((address.host, address.port), timeout=CONNECT_SECONDS)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 30_000)
    return connection


def unreachable(address: Address, error: BaseException) -> HostError:
    """Return the error for a machine that does not answer as an SSH server does."""
    return HostError(
        f"{address} does not answer over SSH: {error or type(error).__name__}.",
        state="Nothing was changed there.",
        next_command=f"ssh -p {address.port} {address.user}@{address.host} true",
    )


def refusal(address: Address, key: PKey, expected: PKey | None) -> HostKeyError:
    """Return the error for a host key that is not the known one."""
    trust = f"langagent server trust --host {address}"
    if expected is None:
        what = f"The host key of {address} is unknown: it offers {described(key)}; none is pinned."
    else:
        what = f"The host key of {address} has changed: it offers {described(key)}; known is {described(expected)}."
    return HostKeyError(
        what,
        state="Nothing was sent to it.",
        next_command=f"{trust} (first compare the fingerprint with the one that the server's own console shows)",
    )


def described(key: PKey) -> str:
    """Return a key's kind and fingerprint, as `ssh-keygen -l` writes it."""
    return f"{key.get_name()} {key.fingerprint}"


def identity(text: Secret) -> PKey:
    """Return the private key of the text of a key file, as CI keeps it in SSH_PRIVATE_KEY.

    Raises:
        ConfigurationError: it is no private key, or it has a passphrase.
    """
    plain = "\n".join(text.reveal().strip().splitlines()) + "\n"
    for kind in _KINDS:
        try:
            return kind.from_private_key(StringIO(plain))
        except PasswordRequiredException as error:
            raise ConfigurationError("The private key has a passphrase.", next_command="ssh-add KEYFILE") from error
        except (SSHException, ValueError):
            continue
    raise ConfigurationError(
        "SSH_PRIVATE_KEY holds no private key.", next_command="ssh-keygen -t ed25519 -f KEYFILE, and the file's content"
    )


def _lines(file: Path) -> list[str]:
    return file.read_text(errors="replace").splitlines() if file.is_file() else []


def _is_of(line: str, address: Address) -> bool:
    return address.known_as in _entry(line)[0]


def _entry(line: str) -> tuple[list[str], PKey]:
    """Return the names and the key of a line; no names where it holds no key that we can use."""
    try:
        entry = HostKeyEntry.from_line(line.strip())
    except (InvalidHostKey, SSHException):
        entry = None
    return (entry.hostnames, entry.key) if entry else ([], PKey())
