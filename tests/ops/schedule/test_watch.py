"""What falls silent is heard: old backups and drills, certificates that were not renewed, our own end."""

from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from ops.backups.drill import Drill
from ops.certificates.folder import Folder
from ops.certificates.start import start
from ops.health.ages import Ages, BackupAge, DrillAge
from tests.ops.notify.receiver import receiving
from tests.ops.schedule.conftest import World, work

OLD = "The newest backup is 27 h old."


def hear(world: World, backup: str = "", drill: DrillAge | None = None) -> None:
    """Look for an hour and a half, and then once more when all is well."""
    scheduler = world.scheduler()
    scheduler.work()
    for minutes in (0, 30, 60, 90):
        world.ages = Ages(world.now, (BackupAge("s3://ours", None, backup),), drill or DrillAge())
        scheduler.look_at_ages()
        world.now += timedelta(minutes=30)
        assert minutes > 30 or world.listener.heard == []
    world.ages = Ages(world.now, (BackupAge("s3://ours", None, ""),), DrillAge())
    scheduler.look_at_ages()


def test_an_old_backup_is_told_when_no_new_one_comes_within_the_hour(world: World) -> None:
    hear(world, backup=OLD)
    assert world.listener.heard == [
        "Age of the backup (s3://ours) needs attention",
        "Age of the backup (s3://ours) is well again, after 2 h",
    ]
    assert world.listener.bodies[0] == OLD


def test_what_a_task_brought_is_measured_at_once(world: World) -> None:
    drill = Drill("backup_20260304_020000", world.now, 47.5, "", "")
    world.ages = Ages(world.now, (), DrillAge(drill))
    work(world.scheduler("exit 0"))
    assert REGISTRY.get_sample_value("drill_recovery_seconds") == 47.5


def test_a_drill_that_is_late(world: World) -> None:
    hear(world, drill=DrillAge(late="The last drill was 9 days ago."))
    assert world.listener.heard[0] == "Age of the drill needs attention"


@pytest.mark.parametrize(("drills_here", "heard"), [(True, 0), (False, 2)])
def test_a_drill_that_failed_is_told_once_by_the_task_or_else_by_the_watch(
    world: World, drills_here: bool, heard: int
) -> None:
    world.drills_here = drills_here
    hear(world, drill=DrillAge(failed="The last drill failed."))
    assert len(world.listener.heard) == heard


def test_a_certificate_that_browsers_refuse(world: World, tmp_path: Path) -> None:
    world.certificates = Folder(tmp_path / "certificates")
    start(world.certificates, ["tutor.example"], world.now)
    hear(world)
    assert world.listener.heard == ["Certificate in use needs attention"]
    assert "self-signed" in world.listener.bodies[0]
    assert REGISTRY.get_sample_value("certificate_days_left") == pytest.approx(365, abs=2)


def test_a_sign_of_life_reaches_who_watches(world: World) -> None:
    with receiving() as receiver:
        world.heartbeat_url = f"http://127.0.0.1:{receiver.port}/very-secret"
        scheduler = world.scheduler()
        scheduler.work()
        scheduler.give_sign_of_life()
        assert receiver.heartbeats == 1
        receiver.status = 500
        for _ in range(2):
            scheduler.give_sign_of_life()
            world.now += timedelta(hours=1)
    assert world.listener.bodies == ["HEARTBEAT_URL answered 500."]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/very-secret", "file:///very-secret", "very-secret"])
def test_an_address_that_does_not_answer_is_not_shown(world: World, url: str) -> None:
    world.heartbeat_url = url
    scheduler = world.scheduler()
    scheduler.work()
    for _ in range(2):
        scheduler.give_sign_of_life()
        world.now += timedelta(hours=1)
    (said,) = world.listener.bodies
    assert said.startswith("HEARTBEAT_URL")
    assert "secret" not in said
