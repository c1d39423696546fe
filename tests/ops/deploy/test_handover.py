"""Handing over: the lock, what was left unfinished, and how the executor is started."""

import json

import pytest

from ops.errors import ConfigurationError, LockedError
from ops.events import Event
from ops.hosts.base import Done
from ops.notify.channels import Level
from ops.notify.notifier import Notifier
from ops.releases.ledger import Entry
from ops.releases.models import Result
from tests.ops.deploy.made import finished, handover, locked, server
from tests.ops.plan.made import plan
from tests.ops.releases.made import good, release


class Chat:
    """A channel that remembers, and may be broken."""

    name = "chat"

    def __init__(self, *, broken: bool = False) -> None:
        self.titles: list[str] = []
        self.broken = broken

    def send(self, title: str, _body: str, _level: Level) -> None:
        if self.broken:
            raise RuntimeError("no route to chat")
        self.titles.append(title)


def test_a_server_that_somebody_changes_is_left_alone() -> None:
    host = server()
    locked(host, json.dumps({"who": "ann", "release": "r1", "since": "10:00", "command": "langagent deploy v1"}))
    with pytest.raises(LockedError, match="ann has been changing this server since 10:00") as refused:
        handover(host).facts()
    assert refused.value.next_command == "langagent deploy --attach"


def test_an_unfinished_release_is_taken_up_with_its_own_plan() -> None:
    host = server(good("r1"), Entry(release("r2")))
    host.files["/var/app/releases/r2/plan.json"] = plan().encode()
    host.answers["docker", "ps", "--all", "--filter"] = "r2 exited\n"
    finished(host, "r2")
    way = handover(host)
    [taken_up] = way.finish_unfinished(way.facts())
    assert taken_up.release.id == "r2"
    assert host.commands("docker", "start") == [["docker", "start", "langagent-executor-r2"]]


def test_nothing_to_attach_to() -> None:
    with pytest.raises(ConfigurationError, match="No release is under way"):
        handover(server(good("r1"))).attach()


def test_a_release_is_there_whole_before_anything_is_started() -> None:
    host = server(good("r1"))
    finished(host, "r2")
    chat = Chat()
    way = handover(host, notifier=Notifier([chat]))
    way.hand_over(release("r2"), plan(), {"plan.json": plan().encode()}, way.facts(), "/tmp/login")
    assert "/var/app/releases/r2.tmp/plan.json" in host.files
    moves = host.commands("mv")
    assert moves == [
        ["mv", "-T", "/tmp/login", "/var/app/releases/r2.tmp/registry"],
        ["mv", "-T", "/var/app/releases/r2.tmp", "/var/app/releases/r2"],
    ]
    [started] = [call for call in host.calls if "--detach" in call]
    assert host.calls.index(moves[1]) < host.calls.index(started)
    assert "ops@r1" in started
    assert chat.titles == ["Release r2 started", "Release r2 is live after 60 s"]


@pytest.mark.parametrize(("there", "image"), [(0, "ops@r1"), (1, "ops@sha256:2")])
def test_the_executor_is_of_the_release_that_serves_if_it_is_there(there: int, image: str) -> None:
    host = server(good("r1"))
    host.answers["docker", "image", "inspect"] = Done(there, "", "")
    finished(host, "r2")
    way = handover(host)
    way.hand_over(release("r2"), plan(), {}, way.facts())
    [started] = [call for call in host.calls if "--detach" in call]
    assert image in started


def test_a_chat_that_fails_is_a_warning() -> None:
    host, told = server(good("r1")), list[Event]()
    finished(host, "r2")
    way = handover(host, told, Notifier([Chat(broken=True)]))
    assert way.hand_over(release("r2"), plan(), {}, way.facts()).outcome.result is Result.GOOD
    assert [event.kind for event in told].count("warning") == 2
