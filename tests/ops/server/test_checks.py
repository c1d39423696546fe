"""Each check passes a good server and names what a worse one lacks."""

import pytest

from ops.server.checks import Level, examine, version
from ops.server.facts import Facts
from tests.ops.server.samples import NOW, bare, ready


def test_a_ready_server_has_no_mends() -> None:
    findings = examine(ready(), NOW)
    assert {finding.level for finding in findings} == {Level.OK}
    assert not [finding for finding in findings if finding.mend]


def test_every_problem_comes_with_its_mend() -> None:
    findings = [finding for finding in examine(bare(), NOW) if finding.level is not Level.OK]
    assert {finding.name for finding in findings} >= {"Docker", "Compose", "Firewall", "Updates", "Folder", ".env"}
    assert all(finding.mend for finding in findings)


@pytest.mark.parametrize(
    ("facts", "name", "level", "said"),
    [
        (ready(system="Darwin"), "System", Level.BAD, "Ubuntu"),
        (ready(release="20.04"), "System", Level.WARNING, "Ubuntu"),
        (ready(distribution="debian", release="13"), "System", Level.OK, ""),
        (ready(distribution="arch", release=""), "System", Level.WARNING, "Ubuntu"),
        (ready(cores="1"), "Cores", Level.WARNING, "1"),
        (ready(memory_kib="2000000"), "Memory", Level.WARNING, "2.0 GB"),
        (ready(memory_kib="2000000", swap_kib="2000000"), "Memory", Level.OK, "swap 2.0 GB"),
        (ready(memory_kib="1000000", swap_kib="2000000"), "Memory", Level.BAD, "1.0 GB"),
        (ready(disk_kib="20000000"), "Disk", Level.WARNING, "20 GB"),
        (ready(disk_free_kib="2000000"), "Disk", Level.BAD, "2 GB free"),
        (ready(inodes_free="100"), "Inodes", Level.WARNING, "10%"),
        (ready(inodes_free="10"), "Inodes", Level.BAD, "1%"),
        (ready(inodes="0", inodes_free="0"), "Inodes", Level.OK, "without a limit"),
        (ready(clock_ahead=-10), "Clock", Level.WARNING, "10.0 s behind"),
        (ready(clock_ahead=3600), "Clock", Level.BAD, "3600.0 s ahead"),
        (ready(port_80="apache2"), "Port 80", Level.BAD, "apache2"),
        (ready(docker_allowed="no"), "Docker", Level.BAD, "deploy may not use it"),
        (ready(docker_allowed="no", docker_runs="no"), "Docker", Level.BAD, "does not answer"),
        (ready(compose="1.29.2"), "Compose", Level.BAD, "1.29.2"),
        (ready(firewall="inactive"), "Firewall", Level.WARNING, "inactive"),
        (ready(upgrades="0"), "Updates", Level.WARNING, "by hand"),
        (ready(updated=str(int(NOW) - 30 * 86400)), "Updates", Level.WARNING, "30 days ago"),
        (ready(reboot_required="yes"), "Updates", Level.WARNING, "restart is due"),
        (ready(folder_writable="no"), "Folder", Level.BAD, "of deploy, not writable"),
        (ready(env_mode="644"), ".env", Level.BAD, "mode 644"),
    ],
)
def test_judged(facts: Facts, name: str, level: Level, said: str) -> None:
    finding = next(finding for finding in examine(facts, NOW) if finding.name == name)
    assert finding.level is level
    assert said in finding.detail + finding.mend


@pytest.mark.parametrize(
    ("text", "expected"), [("2.26.1-4", (2, 26)), ("28.1.0+dfsg", (28, 1)), ("v2.20", (2, 20)), ("13", (13,))]
)
def test_version(text: str, expected: tuple[int, ...]) -> None:
    assert version(text) == expected
