"""The crash matrix: whatever dies at whatever step, the server ends with one whole release."""

from contextlib import ExitStack

import pytest

from ops.plan import sequence
from tests.testbed.bed import Bed
from tests.testbed.conftest import BAKE, deploy, furnish, new_server
from tests.testbed.images import Images
from tests.testbed.journal import CUT, KILL, RESTART_ENGINE, STOP, assert_converged, strike
from tests.testbed.server import Server
from tests.testbed.telegram import Telegram

pytestmark = pytest.mark.full

*STEPS, LAST = sequence.deploy(first=False, backup=True)
FIRST = ("base", "migrate", "certificate", "first_backup")


@pytest.fixture(scope="module")
def server(
    bed: Bed, servers: ExitStack, images: Images, chat: Telegram, tmp_path_factory: pytest.TempPathFactory
) -> Server:
    """A server on which v1 serves, although the executor of its first deploy was killed again and again."""
    made = new_server(bed, servers, "crash", tmp_path_factory.mktemp("crash"))
    furnish(made)
    happened = [strike(made, step, KILL) for step in FIRST]
    deploy(made, "v1")
    for wait in happened:
        wait()
    assert_converged(made, "v1")
    return made


def next_version(server: Server) -> str:
    return "v2" if server.ready_release() == "v1" else "v1"


@pytest.mark.parametrize("step", STEPS)
def check_a_killed_executor_is_resumed_by_the_engine(server: Server, step: str) -> None:
    tag = next_version(server)
    happened = strike(server, step, KILL)
    deploy(server, tag)
    happened()
    assert_converged(server, tag)


@pytest.mark.parametrize("step", ["switch", LAST])
def check_an_executor_killed_within_a_step_is_resumed(server: Server, step: str) -> None:
    tag = next_version(server)
    happened = strike(server, step, KILL, state="started")
    deploy(server, tag)
    happened()
    assert_converged(server, tag)


@pytest.mark.parametrize("first", [0, 1])
def check_a_rollback_whose_executor_is_killed_after_every_other_step_is_resumed(server: Server, first: int) -> None:
    tag = next_version(server)
    happened = [strike(server, step, KILL) for step in sequence.rollback()[:-1][first::2]]
    server.langagent("rollback", "--to", tag, "--bake", BAKE)
    for wait in happened:
        wait()
    assert_converged(server, tag)


def check_an_executor_that_is_killed_on_its_way_back_goes_on_with_that(server: Server, images: Images) -> None:
    images.version("flap", "flap")
    serving = server.ready_release()
    moments = (("watch", "failed"), ("switch", "undone"), ("start", "undone"))
    happened = [strike(server, step, KILL, state) for step, state in moments]
    assert "Gate watch" in deploy(server, "flap", "--bake", "60", code=13)
    for wait in happened:
        wait()
    assert_converged(server, serving)


@pytest.mark.parametrize("step", STEPS)
def check_a_lost_connection_costs_nothing(server: Server, step: str) -> None:
    tag = next_version(server)
    happened = strike(server, step, CUT)
    said = deploy(server, tag, code=1)
    happened()
    assert "langagent deploy --attach" in said
    server.langagent("deploy", "--attach", code=None)
    assert_converged(server, tag)


def check_the_lock_is_free_when_its_holder_dies_and_the_same_command_goes_on(server: Server) -> None:
    tag = next_version(server)
    free = "timeout 1 sh -c 'until flock --nonblock /var/app/lock true; do sleep 0.02; done'"
    happened = strike(server, "start", f"{CUT}; {STOP}; {free}")
    deploy(server, tag, code=1)
    happened()
    deploy(server, tag)
    assert_converged(server, tag)


def check_a_second_operator_is_refused(server: Server) -> None:
    tag = next_version(server)
    first = server.start("deploy", tag, "--bake", BAKE)
    strike(server, "base", "true")()
    refused = server.langagent("deploy", "v1", code=11).stderr
    assert "has been changing this server since" in refused
    first.communicate(timeout=300)
    assert first.returncode == 0
    assert_converged(server, tag)


def check_a_restart_of_the_engine_is_survived(server: Server) -> None:
    tag = next_version(server)
    happened = strike(server, "gate", RESTART_ENGINE)
    deploy(server, tag, code=None)
    happened()
    server.langagent("deploy", "--attach", code=None)
    serving = server.ready_release()
    assert serving in {"v1", "v2"}
    assert_converged(server, serving)
