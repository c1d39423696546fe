"""A rollback: the bundle that comes back, and where there is no way back."""

import pytest

from ops.deploy.rollback import Rollback
from ops.errors import PreflightError
from ops.plan.models import Patience, Plan
from tests.ops.deploy.made import backups, finished, handover, server, two_releases
from tests.ops.fake_host import FakeHost


def _rollback(host: FakeHost) -> Rollback:
    return Rollback(handover(host), Patience(), "ann@desk", "langagent rollback")


def test_a_rollback_brings_the_whole_bundle_back() -> None:
    host = two_releases()
    new = "20261123T100000Z-r1"
    finished(host, new)
    rollback = _rollback(host)
    facts, _ = rollback.ready()
    handed = rollback.run(facts)
    assert (handed.release.kind, handed.release.origin, handed.release.backend) == ("rollback", "r1", "app@r1")
    draft = f"/var/app/releases/{new}.tmp"
    assert host.files[f"{draft}/bundle/nginx/nginx.conf"] == b"http {} # r1"
    asked = Plan.decode(host.files[f"{draft}/plan.json"].decode())
    assert (asked.colour, asked.live, asked.previous) == ("blue", "green", "r2")
    images = host.files[f"{draft}/images.env"].decode().splitlines()
    assert {"BACKEND_BLUE_IMAGE=app@r1", "BACKEND_GREEN_IMAGE=app@r2", "WORKER_IMAGE=app@r1"} <= set(images)


def test_the_data_of_a_backup_comes_back_with_it() -> None:
    host = two_releases()
    backups(host, "r2", backup_20261101_020000=5)
    rollback = _rollback(host)
    facts = rollback.handover.facts()
    _, release, plan = rollback.plan(facts, "r1", rollback.find_backup(facts, "backup_20261101_020000"))
    assert (release.kind, release.backend) == ("rollback", "app@r1")
    assert (plan.backup, plan.backup_schema) == ("backup_20261101_020000", 5)
    assert plan.steps[:3] == ("hold", "restore", "migrate")


def test_what_can_be_gone_back_to() -> None:
    rollback = _rollback(two_releases())
    [found] = rollback.candidates(rollback.handover.facts())
    assert (found.id, found.warm, found.problem) == ("r1", True, "")


def test_there_is_no_way_back_from_nothing() -> None:
    with pytest.raises(PreflightError, match="no earlier good release"):
        _rollback(server()).plan(handover(server()).facts())
