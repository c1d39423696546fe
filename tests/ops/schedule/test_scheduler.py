"""Tasks run when they are due, once, whatever happened before; trouble is told and ended."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from ops.schedule.plan import After, Every
from ops.schedule.tasks import Task
from tests.ops.schedule.conftest import NIGHTLY, World, work

RUN = "echo ran >> $LOG"


def test_the_first_run_is_at_once_and_the_next_one_at_its_time(world: World) -> None:
    scheduler = world.scheduler(RUN)
    runs = []
    for moment in ((4, 12), (4, 13), (5, 2, 9), (5, 2, 10), (5, 2, 11), (6, 2, 10)):
        world.at(*moment)
        work(scheduler)
        runs.append(len(world.runs))
    assert runs == [1, 1, 1, 2, 2, 3]


def test_what_was_missed_is_made_up_for_once(world: World) -> None:
    work(world.scheduler(RUN))
    world.at(8, 14)
    for _ in range(2):
        work(world.scheduler(RUN))
    assert len(world.runs) == 2
    world.at(9, 2, 10)
    work(world.scheduler(RUN))
    assert len(world.runs) == 3


def test_one_after_the_other_in_their_order(world: World) -> None:
    tasks = [
        Task("backup", "Backup", NIGHTLY, ("echo backup >> $LOG",)),
        Task("prune", "Retention", After("backup"), ("echo prune >> $LOG",)),
        Task("hourly", "List", Every(timedelta(hours=1)), ("echo hourly >> $LOG",)),
    ]
    work(world.scheduler(tasks=tasks))
    assert world.runs == ["backup", "prune", "hourly"]


def test_of_two_processes_one_works_and_the_other_takes_over(world: World, owner_url: str) -> None:
    first, second = (world.scheduler(RUN, url=owner_url) for _ in range(2))
    work(first)
    work(second)
    assert len(world.runs) == 1
    world.at(5, 2, 10)
    work(second)
    work(first)
    assert len(world.runs) == 2
    world.at(6, 2, 10)
    first.close()
    work(second)
    assert len(world.runs) == 3
    assert [event.kind for event in world.told].count("leading") == 2


def test_a_failure_is_told_once_tried_again_and_ended(world: World) -> None:
    scheduler = world.scheduler(
        "echo ran >> $LOG; test $(wc -l < $LOG) -gt 3 || { echo 'Error: no space' >&2; exit 15; }"
    )
    for _ in range(60):
        work(scheduler)
        world.now += timedelta(minutes=1)
    assert len(world.runs) == 4
    assert world.listener.heard == ["Backup needs attention", "Backup is well again, after 35 min"]
    assert world.listener.bodies[0] == "Error: no space"


def test_a_retry_is_told_since_when_it_is_due(world: World) -> None:
    command = 'echo "begun$1" >> $LOG; exit 15'  # bash -c gives what follows the command as $0 and $1
    scheduler = world.scheduler(tasks=[Task("backup", "Backup", NIGHTLY, (command,), resumes=True)])
    for moment in ((4, 12), (4, 12, 5), (5, 2, 9), (5, 3)):
        world.at(*moment)
        work(scheduler)
    today, next_day = (f"begun2026-03-0{day}T02:00:00+00:00" for day in (4, 5))
    assert world.runs == ["begun", today, today, next_day]


def test_a_new_process_does_not_tell_it_again(world: World) -> None:
    for _ in range(2):
        work(world.scheduler("exit 15"))
        world.now += timedelta(hours=1)
    assert world.listener.heard == ["Backup needs attention"]
    assert world.listener.bodies == ["It ended with exit code 15."]


def test_somebody_else_at_it_is_no_trouble(world: World) -> None:
    scheduler = world.scheduler("echo ran >> $LOG; exit 11")
    work(scheduler)
    work(scheduler)
    assert len(world.runs) == 1
    world.now += timedelta(minutes=5)
    work(scheduler)
    assert len(world.runs) == 2
    assert world.listener.heard == []


def test_a_command_that_is_killed_has_failed(world: World) -> None:
    work(world.scheduler("kill -9 $$"))
    assert "ended by SIGKILL" in world.listener.bodies[0]


def test_a_command_that_hangs_is_interrupted(world: World) -> None:
    scheduler = world.scheduler("echo started; exec sleep 600")
    scheduler.work()
    world.now += timedelta(hours=21)
    scheduler.work()
    assert scheduler.job is None
    assert "interrupted after 20 h" in world.listener.bodies[0]


def test_a_command_that_cannot_start_has_failed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = world.scheduler(RUN)
    monkeypatch.setattr("ops.embedded.child.LAUNCHER", Path("/nowhere"))
    work(scheduler)
    assert world.listener.heard == ["Backup needs attention"]


def test_the_command_in_hand_is_interrupted_at_the_end(world: World, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    scheduler = world.scheduler(
        f"trap 'echo interrupted >> $LOG; exit 130' INT; echo > {fifo}; while :; do sleep .1; done"
    )
    scheduler.work()
    fifo.read_bytes()
    scheduler.close()
    assert world.runs == ["interrupted"]
    work(world.scheduler(RUN))
    assert world.runs == ["interrupted", "ran"]


def test_without_the_database_the_owner_hears_of_it_and_the_rest_goes_on(world: World) -> None:
    tasks = [
        Task("backup", "Backup", NIGHTLY, ("echo backup >> $LOG",)),
        Task("renewal", "Certificate", NIGHTLY, ("echo renewal >> $LOG",), needs_database=False),
    ]
    scheduler = world.scheduler(tasks=tasks, url="postgresql://nobody@127.0.0.1:9/none")
    for _ in range(4):
        work(scheduler)
        scheduler.look_at_database()
        world.now += timedelta(minutes=1)
    assert world.listener.heard == ["Database needs attention"]
    assert "nothing can be backed up" in world.listener.bodies[0]
    assert world.runs == ["renewal"]


def test_a_database_that_comes_back_is_told_and_led_again(world: World, tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", source="wheel", durable=False)
    with server:
        scheduler = world.scheduler(RUN, url=server.url(SUPERUSER))
        other = world.scheduler(RUN, url=server.url(SUPERUSER))
        work(scheduler)
    world.at(5, 2, 10)
    for _ in range(3):
        work(scheduler)
        scheduler.look_at_database()
        world.now += timedelta(minutes=1)
    assert len(world.runs) == 1
    with server:
        work(scheduler)
        work(other)
        scheduler.look_at_database()
    assert world.listener.heard == ["Database needs attention", "Database is well again, after 3 min"]
    assert len(world.runs) == 2


def test_a_killed_session_loses_nothing(world: World, postgres: EmbeddedPostgres, owner_url: str) -> None:
    scheduler = world.scheduler(RUN, url=owner_url)
    work(scheduler)
    with psycopg.connect(postgres.url(SUPERUSER), autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'langagent schedule'"
        )
    world.at(5, 2, 10)
    work(scheduler)
    work(scheduler)
    assert len(world.runs) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(world: World, number: signal.Signals) -> None:
    scheduler = world.scheduler(f"kill -{number.value} {os.getpid()}; exec sleep 600")
    with pytest.raises(SystemExit) as ended:
        scheduler.run()
    assert ended.value.code == 0
    assert scheduler.job is None
    assert signal.getsignal(number) is not None


def test_a_surprise_is_an_alert_and_the_work_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_ages(now: object) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(world, "read_ages", read_ages)
    told = "until grep -qs look_at_ages $(dirname $LOG)/alerts.json; do sleep .05; done"
    scheduler = world.scheduler(f"echo ran >> $LOG; {told}; kill {os.getpid()}; exec sleep 600")
    with pytest.raises(SystemExit):
        scheduler.run()
    assert world.runs == ["ran"]
    assert world.listener.heard == ["Schedule (look_at_ages) needs attention"]
    assert "RuntimeError: no such thing" in world.listener.bodies[0]


@pytest.mark.parametrize("content", ["", "[]", '{"task0": {}}', '{"task0": 1}', '{"task0": {"began": "x"}}'])
def test_damaged_notes_are_begun_anew(world: World, content: str) -> None:
    (world.folder / "tasks.json").write_text(content)
    work(world.scheduler(RUN))
    assert len(world.runs) == 1
