"""The contract of hosts, held by a real sshd."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from langagent.settings import Secret
from ops.errors import HostError
from ops.hosts import keys
from ops.hosts.address import Address
from ops.hosts.ssh import Identity, SshHost, connect
from tests.ops.hosts.contract import HostContract
from tests.testbed.bed import Bed
from tests.testbed.conftest import new_server
from tests.testbed.journal import CUT
from tests.testbed.server import Server


@pytest.fixture(scope="module")
def server(bed: Bed, servers: ExitStack, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A bare host: SSH is all that is needed."""
    return new_server(bed, servers, "hosts", tmp_path_factory.mktemp("hosts"), bare=True)


@pytest.fixture(scope="module")
def known(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's key, asked for once: sshd shuts out who asks 15 times in 15 s (its PerSourcePenalties)."""
    file = tmp_path_factory.mktemp("keys") / "known"
    keys.pin(file, _address(server), keys.offered(_address(server)))
    return file


@pytest.fixture
def host(server: Server, known: Path) -> Iterator[SshHost]:
    connected = connect(_address(server), Identity(Secret(server.bed.key.read_text())), [known])
    yield connected
    connected.close()


@pytest.fixture
def folder(host: SshHost) -> Iterator[str]:
    made = host.run(["mktemp", "-d"]).stdout.strip()
    yield made
    host.run(["rm", "-rf", made])


class TestSshd(HostContract):
    """The contract."""


def check_a_session_that_the_server_ends_is_a_lost_connection(server: Server, host: SshHost) -> None:
    lines = host.lines(["sh", "-c", "echo ready; sleep 60"])
    next(lines)
    server.shell(CUT)
    with pytest.raises(HostError, match="was lost"):
        next(lines)


def _address(server: Server) -> Address:
    return Address("deploy", "127.0.0.1", server.ports.ssh)
