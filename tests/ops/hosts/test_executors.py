"""The container of an executor: how it is started and found."""

from ops.hosts import executors
from tests.ops.fake_host import FakeHost


def test_the_executor_is_detached_restarted_and_reaches_everything() -> None:
    argv = executors.run_argv("r1", "app-ops", "/var/app", user="1000:1000", groups=("102",), config="/c")
    assert argv == [
        *("docker", "--config", "/c", "run", "--detach", "--quiet"),
        *("--name", "langagent-executor-r1", "--label", "langagent.executor=r1"),
        *("--restart", "unless-stopped", "--network", "host", "--user", "1000:1000", "--group-add", "102"),
        *("--volume", "/var/run/docker.sock:/var/run/docker.sock", "--volume", "/var/app:/var/app"),
        *("--no-healthcheck", "--env", "HOME=/tmp", "--log-opt", "max-size=1m", "--entrypoint", "python", "app-ops"),
        *("-m", "ops.executor", "/var/app/releases/r1"),
    ]


def test_states_by_release() -> None:
    host = FakeHost({("docker", "ps"): "r1 exited\nr2 running\n"})
    assert executors.states(host) == {"r1": "exited", "r2": "running"}
