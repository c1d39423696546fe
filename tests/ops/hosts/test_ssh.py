"""A machine over SSH: the contract, host keys, identities and a connection that breaks."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from paramiko import ECDSAKey, PKey

from langagent.settings import Secret
from ops.errors import ConfigurationError, HostError, HostKeyError
from ops.hosts import keys
from ops.hosts.address import Address
from ops.hosts.ssh import Identity, SshHost, connect
from tests.ops.hosts.contract import HostContract
from tests.ops.hosts.sshd import Sshd, sshd

HOST_KEY, USER_KEY, OTHER_KEY = (ECDSAKey.generate() for _ in range(3))


def text(key: PKey) -> Secret:
    """The key as CI holds it."""
    lines = StringIO()
    key.write_private_key(lines)
    return Secret(lines.getvalue())


@pytest.fixture
def server() -> Iterator[Sshd]:
    with sshd(HOST_KEY, USER_KEY) as running:
        yield running


@pytest.fixture
def address(server: Sshd) -> Address:
    return Address("deploy", "127.0.0.1", server.port)


@pytest.fixture
def known(tmp_path: Path, address: Address) -> Path:
    """A file that knows the server's key."""
    keys.pin(tmp_path / "known_hosts", address, HOST_KEY)
    return tmp_path / "known_hosts"


@pytest.fixture
def host(address: Address, known: Path) -> Iterator[SshHost]:
    connected = connect(address, Identity(text(USER_KEY)), [known])
    yield connected
    connected.close()


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "folder").mkdir()
    return str(tmp_path / "folder")


class TestSshHost(HostContract):
    """The contract."""


def test_an_unknown_host_key_is_refused_and_shown(address: Address, tmp_path: Path) -> None:
    with pytest.raises(HostKeyError, match="unknown") as caught:
        connect(address, Identity(text(USER_KEY)), [tmp_path / "missing"])
    assert HOST_KEY.fingerprint in caught.value.message
    assert caught.value.next_command.startswith(f"langagent server trust --host {address}")


def test_a_changed_host_key_is_refused_with_both_fingerprints(address: Address, known: Path) -> None:
    keys.pin(known, address, OTHER_KEY)
    with pytest.raises(HostKeyError, match="has changed") as caught:
        connect(address, Identity(text(USER_KEY)), [known])
    assert HOST_KEY.fingerprint in caught.value.message
    assert OTHER_KEY.fingerprint in caught.value.message


def test_what_the_project_pinned_goes_before_what_ssh_learned(address: Address, known: Path, tmp_path: Path) -> None:
    learned = tmp_path / "learned"
    keys.pin(learned, address, OTHER_KEY)
    connect(address, Identity(text(USER_KEY)), [known, learned]).close()


def test_a_stranger_is_told_how_to_come(address: Address, known: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not accept") as caught:
        connect(address, Identity(text(OTHER_KEY)), [known])
    assert "--identity" in caught.value.next_command


def test_the_key_of_a_file_opens_too(address: Address, known: Path, tmp_path: Path) -> None:
    USER_KEY.write_private_key_file(str(tmp_path / "id"))
    connect(address, Identity(file=tmp_path / "id"), [known]).close()


def test_a_key_with_windows_line_ends_opens_too(address: Address, known: Path) -> None:
    pasted = Secret(text(USER_KEY).reveal().strip().replace("\n", "\r\n"))
    connect(address, Identity(pasted), [known]).close()


def test_nobody_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="does not answer over SSH"):
        connect(Address("deploy", "127.0.0.1", 1), Identity(text(USER_KEY)), [])


def test_a_connection_lost_under_a_command_is_said_so(server: Sshd, host: SshHost) -> None:
    lines = host.lines(["sh", "-c", "echo ready; sleep 60"])
    next(lines)
    server.drop()
    with pytest.raises(HostError, match=r"connection .* was lost during `sh -c") as caught:
        next(lines)
    assert "may go on" in caught.value.state


def test_a_lost_connection_is_said_at_the_next_command_too(server: Sshd, host: SshHost) -> None:
    server.drop()
    with pytest.raises(HostError, match="was lost"):
        host.run(["true"])


def test_half_a_file_is_not_put_in_place(host: SshHost, folder: str) -> None:
    from ops.hosts.ssh import _WRITE

    done = host.run(["sh", "-c", _WRITE, "sh", f"{folder}/file", "9", "644"], stdin=b"half", check=False)
    assert done.code
    assert host.run(["ls", "-A", folder]).stdout == ""
