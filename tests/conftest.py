"""What every test gets: real servers on demand, and no network beyond this machine."""

import pytest

pytest_plugins = ["tests.servers"]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-socket refuse every address but loopback and unix sockets."""
    config.option.allow_hosts = ["127.0.0.1", "::1"]
    config.option.allow_unix_socket = True
