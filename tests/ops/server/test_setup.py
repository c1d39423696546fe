"""What `server setup` would change, by the facts; the testbed sees it done."""

import subprocess

import pytest

from ops.errors import HostError, PreflightError
from ops.events import Event
from ops.hosts.base import Done
from ops.server.facts import Facts
from ops.server.setup import Change, Wanted, apply, plan, verify
from tests.ops.server.samples import bare, ready

WANTED = Wanted("deploy", "/var/app")


def names(facts: Facts) -> list[str]:
    return [change.name for change in plan(facts, WANTED) if not change.is_skipped]


def change(facts: Facts, name: str) -> Change:
    return next(change for change in plan(facts, WANTED) if change.name == name)


def test_a_ready_server_stays_as_it_is() -> None:
    assert plan(ready(), WANTED) == []


def test_a_bare_server_gets_everything_in_order() -> None:
    assert names(bare()) == ["Docker", "Engine", "User", "Folder", "Firewall", "Updates", "Swap"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ready(compose="1.29.2"), ["Docker"]),
        (ready(docker_runs="no"), ["Engine"]),
        (ready(docker_group="root"), ["Engine"]),
        (ready(deployer_groups="deploy"), ["User"]),
        (ready(user="root", deployer_groups="deploy docker"), []),
        (ready(user="root", deployer_opens="no"), ["User"]),
        (ready(folder_owner="root"), ["Folder"]),
        (ready(firewall="inactive"), ["Firewall"]),
        (ready(firewall_ports="22/tcp 80/tcp"), ["Firewall"]),
        (ready(upgrades="0"), ["Updates"]),
        (ready(memory_kib="2000000"), ["Swap"]),
    ],
)
def test_only_what_lacks_is_changed(facts: Facts, expected: list[str]) -> None:
    assert names(facts) == expected


def test_packages_are_those_of_the_distribution() -> None:
    assert "docker-compose-v2" in change(bare(), "Docker").script
    assert "docker-compose-v2" not in change(bare(distribution="debian"), "Docker").script


def test_the_port_of_this_connection_stays_open() -> None:
    script = change(ready(firewall="inactive", ssh_port="2222"), "Firewall").script
    assert script.index("ufw allow 2222/tcp") < script.index("ufw --force enable")


@pytest.mark.parametrize(
    ("facts", "name", "why"),
    [
        (bare(container="yes"), "Firewall", "is a container"),
        (bare(container="yes"), "Swap", "is a container"),
        (bare(systemd="no"), "Updates", "without systemd"),
    ],
)
def test_what_a_host_cannot_have_is_skipped_and_said(facts: Facts, name: str, why: str) -> None:
    assert change(facts, name).is_skipped
    assert why in change(facts, name).what


@pytest.mark.parametrize("facts", [bare(root="no"), bare(apt="no")])
def test_a_server_that_cannot_be_set_up_is_refused(facts: Facts) -> None:
    with pytest.raises(PreflightError) as caught:
        plan(facts, WANTED)
    assert caught.value.state == "Nothing was changed."


@pytest.mark.parametrize("facts", [bare(), bare(distribution="debian", systemd="no"), bare(user="admin")])
def test_every_script_is_one_that_a_shell_understands(facts: Facts) -> None:
    for one in plan(facts, WANTED):
        subprocess.run(["sh", "-n"], input=one.script.encode(), check=True)


def test_a_server_that_is_still_not_ready_is_an_error() -> None:
    with pytest.raises(HostError, match="User: deploy may use Docker"):
        verify(ready(deployer_groups="deploy"), WANTED)


class FakeServer:
    """Runs nothing: remembers scripts, and fails those that hold a word."""

    name = "fake"

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.scripts: list[str] = []

    def run(self, argv: list[str], *, stdin: bytes = b"", **_: object) -> Done:
        if argv == ["id", "-u"]:
            return Done(0, "1000\n", "")
        if self.failing and self.failing in stdin.decode():
            raise HostError("apt says no")
        self.scripts.append(f"{argv[0]} {stdin.decode()}")
        return Done(0, "", "")


def test_changes_are_made_as_root_and_skipped_ones_are_told() -> None:
    server, told = FakeServer(), list[Event]()
    apply(server, [Change("One", "is made", "true"), Change("Two", "skipped: no")], told.append)  # type: ignore[arg-type]
    assert server.scripts == ["sudo set -e\ntrue\n"]
    assert [(event.kind, event.message) for event in told] == [
        ("change", "One: is made"),
        ("warning", "Two: skipped: no"),
    ]


def test_a_failing_change_says_what_stands() -> None:
    changes = [Change("One", "is made", "true"), Change("Two", "fails", "false")]
    with pytest.raises(HostError, match="Two failed: apt says no") as caught:
        apply(FakeServer("false"), changes, lambda _: None)  # type: ignore[arg-type]
    assert caught.value.state == "What came before it is done."
