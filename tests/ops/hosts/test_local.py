"""This machine, as a host."""

from pathlib import Path

import pytest

from ops.errors import HostError
from ops.hosts.local import LocalHost
from tests.ops.hosts.contract import HostContract
from tests.processes import wait_until_gone


@pytest.fixture
def host() -> LocalHost:
    return LocalHost()


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path)


class TestLocalHost(HostContract):
    """The contract."""


def test_a_missing_program_is_named(host: LocalHost) -> None:
    with pytest.raises(HostError, match=r"no-such-program.*No such file"):
        host.run(["no-such-program"])


def test_what_a_late_command_started_is_killed_with_it(host: LocalHost, folder: str) -> None:
    with pytest.raises(HostError):
        host.run(["sh", "-c", f"sleep 60 & echo $! >{folder}/pid; wait"], timeout=0.3)
    wait_until_gone(int(Path(folder, "pid").read_text()))
