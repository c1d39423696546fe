"""Handing over: the lock, what was left unfinished, and how the executor is started."""

import json
from typing import Any

import pytest

from ops.deploy.handover import Handover
from ops.deploy.rollback import Rollback
from ops.errors import ConfigurationError, LockedError, PreflightError
from ops.events import Event
from ops.hosts.base import Done
from ops.notify.channels import Level
from ops.notify.notifier import Notifier
from ops.plan.models import Patience, Plan
from ops.releases.layout import Layout
from ops.releases.ledger import Entry
from ops.releases.models import Result
from tests.ops.deploy.made import locked, server
from tests.ops.fake_host import FakeHost
from tests.ops.plan.made import plan
from tests.ops.releases.made import good, outcome, release
from tests.ops.steps.made import FakeTime
from tests.ops.steps.server import inspected


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


def _handover(host: FakeHost, told: list[Event] | None = None, chat: Chat | None = None) -> Handover:
    heard = told if told is not None else []
    return Handover(host, Layout(), FakeTime().timer, heard.append, Notifier([chat] if chat else []))


def _finished(host: FakeHost, release_id: str, **changes: Any) -> None:
    """Have the follower find an outcome at its first look."""
    host.files[f"/var/app/releases/{release_id}/outcome.json"] = outcome(**changes).encode()


def test_a_server_that_somebody_changes_is_left_alone() -> None:
    host = server()
    locked(host, json.dumps({"who": "ann", "release": "r1", "since": "10:00", "command": "langagent deploy v1"}))
    with pytest.raises(LockedError, match="ann has been changing this server since 10:00") as refused:
        _handover(host).facts()
    assert refused.value.next_command == "langagent deploy --attach"


def test_an_unfinished_release_is_taken_up_with_its_own_plan() -> None:
    host = server(good("r1"), Entry(release("r2")))
    host.files["/var/app/releases/r2/plan.json"] = plan().encode()
    host.answers["docker", "ps", "--all", "--filter"] = "r2 exited\n"
    _finished(host, "r2")
    handover = _handover(host)
    [taken_up] = handover.finish_unfinished(handover.facts())
    assert taken_up.release.id == "r2"
    assert host.commands("docker", "start") == [["docker", "start", "langagent-executor-r2"]]


def test_nothing_to_attach_to() -> None:
    with pytest.raises(ConfigurationError, match="No release is under way"):
        _handover(server(good("r1"))).attach()


def test_a_release_is_there_whole_before_anything_is_started() -> None:
    host = server(good("r1"))
    _finished(host, "r2")
    chat = Chat()
    handover = _handover(host, chat=chat)
    handover.hand_over(release("r2"), plan(), {"plan.json": plan().encode()}, handover.facts(), "/tmp/login")
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
    _finished(host, "r2")
    handover = _handover(host)
    handover.hand_over(release("r2"), plan(), {}, handover.facts())
    [started] = [call for call in host.calls if "--detach" in call]
    assert image in started


def test_a_chat_that_fails_is_a_warning() -> None:
    host, told = server(good("r1")), list[Event]()
    _finished(host, "r2")
    handover = _handover(host, told, Chat(broken=True))
    assert handover.hand_over(release("r2"), plan(), {}, handover.facts()).outcome.result is Result.GOOD
    assert [event.kind for event in told].count("warning") == 2


def _two_releases() -> FakeHost:
    blue, green = inspected("backend-blue", image="app@r1", Status="exited"), inspected("backend-green", image="app@r2")
    host = server(good("r1"), good("r2"), services=[blue, green], live="green")
    host.answers["find",] = "docker-compose.yml\nnginx/nginx.conf\n"
    host.files["/var/app/releases/r1/bundle/docker-compose.yml"] = b"services: {}"
    host.files["/var/app/releases/r1/bundle/nginx/nginx.conf"] = b"http {}"
    return host


def _rollback(host: FakeHost) -> Rollback:
    return Rollback(_handover(host), Patience(), "ann@desk", "langagent rollback")


def test_a_rollback_brings_the_whole_bundle_back() -> None:
    host = _two_releases()
    new = "20261123T100000Z-r1"
    _finished(host, new)
    rollback = _rollback(host)
    handed = rollback.run(rollback.ready())
    assert (handed.release.kind, handed.release.origin, handed.release.backend) == ("rollback", "r1", "app@r1")
    draft = f"/var/app/releases/{new}.tmp"
    assert host.files[f"{draft}/bundle/nginx/nginx.conf"] == b"http {}"
    asked = Plan.decode(host.files[f"{draft}/plan.json"].decode())
    assert (asked.colour, asked.live, asked.previous) == ("blue", "green", "r2")
    images = host.files[f"{draft}/images.env"].decode().splitlines()
    assert {"BACKEND_BLUE_IMAGE=app@r1", "BACKEND_GREEN_IMAGE=app@r2", "WORKER_IMAGE=app@r1"} <= set(images)


def test_what_can_be_gone_back_to() -> None:
    host = _two_releases()
    rollback = _rollback(host)
    [found] = rollback.candidates(rollback.handover.facts())
    assert (found.id, found.warm, found.problem) == ("r1", True, "")


def test_there_is_no_way_back_from_nothing() -> None:
    with pytest.raises(PreflightError, match="no earlier good release"):
        _rollback(server()).plan(_handover(server()).facts())
