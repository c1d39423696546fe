"""A restore on a server: the release that serves once more, on the data of a backup."""

import pytest

from ops.deploy.restore import Restoration
from ops.errors import ConfigurationError, PreflightError, RolledBackError, StuckError
from ops.plan import sequence
from ops.plan.models import Patience, Plan
from ops.releases.ledger import Entry
from ops.releases.models import Result
from tests.ops.deploy.made import backups, finished, handover, server, two_releases
from tests.ops.fake_host import FakeHost
from tests.ops.plan.made import plan
from tests.ops.releases.made import good, release, restored

BACKUP = "backup_20261101_020000"
COMMAND = f"langagent server restore {BACKUP}"
NEW = "20261123T100000Z-r2"


def _restoration(host: FakeHost) -> Restoration:
    return Restoration(handover(host), Patience(bake=5), "ann@desk", COMMAND)


def _planned(host: FakeHost) -> Plan:
    restoration = _restoration(host)
    facts = restoration.handover.facts()
    _, found = restoration.plan(facts, restoration.find_backup(facts, BACKUP))
    return found


@pytest.fixture
def host() -> FakeHost:
    """A server on which r2, which needs schema 6, serves green; its backup is of that schema."""
    made = two_releases()
    backups(made, "r2", **{BACKUP: 6})
    return made


def test_the_release_that_serves_comes_again_with_its_own_bundle_and_the_data(host: FakeHost) -> None:
    finished(host, NEW)
    restoration = _restoration(host)
    facts, _ = restoration.ready()
    handed = restoration.run(facts, restoration.find_backup(facts, BACKUP))
    assert (handed.release.kind, handed.release.origin, handed.release.tag) == ("restore", "r2", "r2")
    assert (handed.release.backend, handed.release.ops) == ("app@r2", "ops@r2")
    draft = f"/var/app/releases/{NEW}.tmp"
    assert host.files[f"{draft}/bundle/nginx/nginx.conf"] == b"http {} # r2"
    asked = Plan.decode(host.files[f"{draft}/plan.json"].decode())
    assert (asked.kind, asked.backup, asked.backup_schema) == ("restore", BACKUP, 6)
    assert (asked.colour, asked.live, asked.previous) == ("blue", "green", "r2")
    assert asked.steps == sequence.with_backup(migrate=False)
    assert asked.patience.bake == 5
    images = host.files[f"{draft}/images.env"].decode().splitlines()
    assert {"BACKEND_BLUE_IMAGE=app@r2", "BACKEND_GREEN_IMAGE=app@r2", "WORKER_IMAGE=app@r2"} <= set(images)


def test_an_older_schema_is_migrated(host: FakeHost) -> None:
    backups(host, "r2", **{BACKUP: 5})
    assert _planned(host).steps == sequence.with_backup(migrate=True)


def test_after_a_rollback_it_is_still_that_deploy_with_the_bundle_that_serves() -> None:
    host = two_releases(good("r3", origin="r1"))
    backups(host, "r3", **{BACKUP: 6})
    restoration = _restoration(host)
    facts = restoration.handover.facts()
    found, planned = restoration.plan(facts, restoration.find_backup(facts, BACKUP))
    assert (found.tag, found.origin, found.backend, planned.previous) == ("r1", "r1", "app@r1", "r3")


def test_where_nothing_serves_there_is_nothing_to_restore_under() -> None:
    with pytest.raises(PreflightError, match="Nothing serves") as refused:
        _planned(server())
    assert (refused.value.state, refused.value.next_command) == ("Nothing was changed.", "langagent deploy TAG")
    with pytest.raises(PreflightError) as refused:
        _planned(server(good("r1")))
    assert refused.value.next_command == "langagent deploy r1"


def test_a_backup_whose_schema_lacks_what_the_release_needs_is_refused() -> None:
    newer = good("r4", schema=9, floor=8)
    host = two_releases(newer, good("r5", origin="r2"))
    backups(host, "r5", **{BACKUP: 9})
    with pytest.raises(PreflightError, match="up to 0006, and this backup needs 0008") as refused:
        _planned(host)
    assert f"langagent rollback --to RELEASE --restore-backup {BACKUP}" in refused.value.next_command


def test_an_unknown_backup_is_refused(host: FakeHost) -> None:
    restoration = _restoration(host)
    with pytest.raises(ConfigurationError, match="no good backup nonsense"):
        restoration.find_backup(restoration.handover.facts(), "nonsense")


def test_a_restore_that_failed_says_that_the_same_release_serves_on(host: FakeHost) -> None:
    finished(host, NEW, result=Result.ROLLED_BACK, step="restore", message="no room", next_command="make room")
    restoration = _restoration(host)
    facts, _ = restoration.ready()
    with pytest.raises(RolledBackError, match="failed at `restore`: no room") as failed:
        restoration.run(facts, restoration.find_backup(facts, BACKUP))
    assert (failed.value.state, failed.value.next_command) == ("It was taken back. r2 serves.", "make room")


def test_a_release_that_does_not_run_on_the_data_says_which_database_was_kept(host: FakeHost) -> None:
    kept = "restore was not taken back: the one of before is kept as langagent_before_20261123_100000"
    finished(host, NEW, result=Result.STUCK, step="gate", message="not ready", state=kept)
    restoration = _restoration(host)
    facts, _ = restoration.ready()
    with pytest.raises(StuckError, match="failed at `gate`") as failed:
        restoration.run(facts, restoration.find_backup(facts, BACKUP))
    assert kept in failed.value.state


@pytest.mark.parametrize(("typed", "is_same"), [(COMMAND, True), ("langagent server restore latest", False)])
def test_the_same_command_finishes_what_it_left_and_begins_nothing_new(typed: str, *, is_same: bool) -> None:
    left = Entry(release("r3", origin="r2", kind="restore", command=typed))
    host = two_releases(left)
    host.files["/var/app/releases/r3/plan.json"] = plan(release="r3", kind="restore").encode()
    host.answers["docker", "ps", "--all", "--filter"] = "r3 exited\n"
    finished(host, "r3")
    _, same = _restoration(host).ready()
    assert (same is not None) is is_same


def test_what_was_left_by_the_same_command_and_failed_is_told() -> None:
    left = Entry(release("r3", origin="r2", kind="restore", command=COMMAND))
    host = two_releases(left)
    host.files["/var/app/releases/r3/plan.json"] = plan(release="r3", kind="restore").encode()
    finished(host, "r3", result=Result.ROLLED_BACK, step="restore", message="no room")
    with pytest.raises(RolledBackError, match="no room"):
        _restoration(host).ready()


def test_the_executor_of_a_release_is_used_again_after_a_restore() -> None:
    host = two_releases(restored("r3", origin="r2"))
    backups(host, "r3", **{BACKUP: 6})
    finished(host, NEW)
    restoration = _restoration(host)
    facts, _ = restoration.ready()
    restoration.run(facts, restoration.find_backup(facts, BACKUP))
    [started] = [call for call in host.calls if "--detach" in call]
    assert "ops@r2" in started
