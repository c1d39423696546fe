"""A busy port names its holder."""

import os
import socket

import pytest

from ops.dev import ports
from ops.errors import PreflightError


def test_a_busy_port_names_the_process_and_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not ports.is_free(port)
        with pytest.raises(PreflightError) as caught:
            ports.require_free(port, "--port")
    assert f"process {os.getpid()} (" in caught.value.message
    assert "--port" in caught.value.next_command
    ports.require_free(port, "--port")


def test_a_free_port_has_no_holder() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert ports.find_holder(port) is None
