"""Steps: the commands they ask for, and what they take back."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import pytest

from ops.errors import BackupError, MigrationError, OpsError, PreflightError
from ops.health.probe import Answer
from ops.hosts.base import Done
from ops.hosts.compose import Compose
from ops.releases.layout import Layout
from ops.steps.background import Background
from ops.steps.backup import Backup
from ops.steps.base_services import BaseServices
from ops.steps.hold import Hold
from ops.steps.migrate import Migrate
from ops.steps.pull import Pull, arrived
from ops.steps.record import Record
from ops.steps.reopen import Reopen
from ops.steps.restore import Restore
from ops.steps.retire import Retire
from ops.steps.start import Start
from ops.steps.switch import Switch
from ops.steps.webhook import Webhook
from tests.ops.plan.made import plan
from tests.ops.releases.made import good, release
from tests.ops.steps.made import READY, UNREADY, tools
from tests.ops.steps.server import inspected, server

NEW, OLD = Compose(Layout(), "r2"), Compose(Layout(), "r1")
DESCRIBE = ("docker", "run", "--rm", "--network", "none", "--entrypoint", "python", "app@sha256:2")
KNOWN = json.dumps({"schema": 7, "floor": 0, "plan": 1})


def _one_off(service: str, *command: str) -> tuple[str, ...]:
    return tuple(NEW.run(service, "langagent", *command))


def _result(**fields: object) -> str:
    return json.dumps({"event": "progress"}) + "\n" + json.dumps({"event": "result", **fields}) + "\n"


def test_start_and_its_undo() -> None:
    host = server()
    step = Start(tools(host))
    step.do()
    step.undo()
    assert host.calls == [NEW.up("backend-green"), NEW.remove("backend-green")]


def test_a_switch_is_taken_back_with_the_old_configuration() -> None:
    host = server()
    Switch(tools(host)).undo()
    assert host.files["/var/app/proxy/upstream.conf"] == b"server backend-blue:8000;\n"
    assert host.calls[0][:2] == ["find", "/var/app/releases/r1/bundle/nginx"]


@pytest.mark.parametrize(("answer", "taken_back"), [(READY, True), (UNREADY, False)])
def test_a_proxy_that_refuses_to_reload_is_asked_whom_it_serves(answer: Answer, *, taken_back: bool) -> None:
    refused = {tuple(OLD.execute("proxy", "nginx", "-t", "-q")): Done(1, "", "no certificate")}
    step = Switch(tools(server(inspected("backend-blue"), answers=refused), lambda _url, _domain: answer))
    with nullcontext() if taken_back else pytest.raises(OpsError, match="Gate proxy"):
        step.undo()


def test_a_first_switch_leads_back_to_nothing() -> None:
    host = server()
    Switch(tools(host, asked=plan(live="", previous=""))).undo()
    assert host.calls == []


def test_the_old_backend_is_stopped_and_kept() -> None:
    host = server(inspected("backend-blue", Status="exited", ExitCode=0))
    assert Retire(tools(host)).do() == {"service": "backend-blue", "exit_code": 0}
    assert host.calls[0] == NEW.stop("backend-blue")
    assert Retire(tools(server(), asked=plan(live=""))).do() == {}


def test_the_old_backend_comes_back_as_it_was() -> None:
    host = server(inspected("backend-blue"))
    Retire(tools(host)).undo()
    assert host.calls[0] == OLD.up("backend-blue", recreate=False)


def test_background_goes_back_to_the_old_bundle_or_away() -> None:
    host = server()
    Background(tools(host)).undo()
    Background(tools(host, asked=plan(previous="", live=""))).undo()
    assert host.calls == [OLD.up("worker", "schedule"), NEW.remove("worker", "schedule")]


def test_what_was_started_by_hand_has_to_be_started_by_hand_again() -> None:
    by_hand = plan(previous="")
    host = server(inspected("backend-blue"))
    Retire(tools(host, asked=by_hand)).undo()
    assert host.calls[0] == NEW.up("backend-blue", recreate=False)
    with pytest.raises(OpsError, match="started by hand"):
        Background(tools(host, asked=by_hand)).undo()


def test_base_services_are_never_replaced() -> None:
    host = server(*(inspected(name, Health={"Status": "healthy"}) for name in ("db", "redis", "proxy")))
    BaseServices(tools(host)).do()
    ups = [call for call in host.calls if "up" in call]
    assert ups == [NEW.up("db", "redis", recreate=False), NEW.up("proxy", recreate=False)]
    assert host.files == {}


def test_a_pull_names_the_images_after_the_release_and_forgets_the_token() -> None:
    there = ("docker", "image", "inspect", "--format", "{{.Id}}")
    pulled = ("docker", "--config", "/var/app/releases/r2/registry", "pull")
    host = server(
        answers={
            there: Done(1, "", "none"),
            pulled: "aaa: Pull complete\nbbb: Already exists\naaa: Download complete\n",
            DESCRIBE: KNOWN,
        }
    )
    told: list[Mapping[str, Any]] = []
    assert Pull(tools(host, told=told)).do()["schema"] == 7
    assert host.commands("docker", "image", "tag") == [
        ["docker", "image", "tag", "app@sha256:2", "langagent/kept:r2"],
        ["docker", "image", "tag", "ops@sha256:2", "langagent/kept:r2-ops"],
    ]
    assert ["rm", "-rf", "/var/app/releases/r2/registry"] in host.calls
    assert [(one["bytes"], one["total"]) for one in told[:2]] == [(100, 150), (150, 150)]


def test_progress_counts_each_layer_once() -> None:
    states = ("Downloading", "Download complete", "Pull complete")
    lines = ["x: Pulling from app", *(f"aaa: {state}" for state in states), "zzz: Pull complete"]
    assert list(arrived(iter(lines), {"aaa": 7})) == [7]


def test_a_failed_pull_has_changed_nothing() -> None:
    host = server(
        answers={
            ("docker", "image", "inspect", "--format", "{{.Id}}"): Done(1, "", ""),
            ("docker", "--config"): Done(1, "", "manifest unknown"),
        }
    )
    with pytest.raises(PreflightError, match="manifest unknown"):
        Pull(tools(host)).do()


def test_what_the_old_release_needs_is_not_taken_from_it() -> None:
    host = server(answers={DESCRIBE: json.dumps({"schema": 9, "floor": 7})})
    with pytest.raises(PreflightError, match="0006, and afterwards 0007"):
        Pull(tools(host)).do()
    assert Pull(tools(host, asked=plan(needs_schema=7))).do()["floor"] == 7


def test_a_backup_counts_when_it_was_read_again() -> None:
    create, verify = _one_off("schedule", "backup", "create"), _one_off("schedule", "backup", "verify", "b1")
    made = _result(id="b1", stores=["folder"], stored_bytes=10, schema_revision=6)
    host = server(answers={create: made, verify: _result()})
    assert Backup(tools(host)).do()["id"] == "b1"
    assert host.calls == [[*create, "--json"], [*verify, "--json"]]


def test_a_failing_backup_says_what_failed_and_that_nothing_changed() -> None:
    error = json.dumps({"event": "error", "message": "The bucket refuses.", "next_command": "langagent backup doctor"})
    host = server(answers={_one_off("schedule", "backup", "create"): Done(15, error, "")})
    with pytest.raises(BackupError, match="The bucket refuses") as failed:
        Backup(tools(host)).do()
    assert failed.value.next_command == "langagent backup doctor"
    assert "the old release serves" in failed.value.state


def test_a_migration_runs_where_the_owner_s_password_is() -> None:
    host = server(answers={_one_off("setup", "migrate", "up"): _result(applied=["0007.more"])})
    assert Migrate(tools(host)).do() == {"applied": ["0007.more"]}


def test_a_failing_migration_shows_its_own_words() -> None:
    done = Done(1, "", "docker: no space left on device")
    host = server(answers={_one_off("setup", "migrate", "up"): done})
    with pytest.raises(MigrationError, match="no space left"):
        Migrate(tools(host)).do()


def test_a_telegram_that_does_not_answer_is_an_error_of_a_soft_step() -> None:
    error = json.dumps({"event": "error", "message": "No answer."})
    host = server(answers={_one_off("worker", "telegram", "set"): Done(1, error, "")})
    assert Webhook.soft
    with pytest.raises(OpsError, match="No answer"):
        Webhook(tools(host)).do()


def test_the_current_release_is_linked_by_a_rename_and_old_images_go() -> None:
    entries = [good(name) for name in ("a1", "a2", "a3", "a4")]
    lines = "".join(
        f"{entry.release.id}/release.json:{entry.release.encode().decode()}"
        f"{entry.release.id}/outcome.json:{entry.outcome.encode().decode()}"
        for entry in entries
        if entry.outcome
    )
    host = server(answers={("sh", "-c"): lines})
    host.files["/var/app/releases/r2/release.json"] = release("r2").encode()
    assert Record(tools(host)).do() == {"images_removed": ["a1"]}
    assert host.calls[:2] == [
        ["ln", "-sfn", "releases/r2", "/var/app/current.new"],
        ["mv", "-T", "/var/app/current.new", "/var/app/current"],
    ]
    assert host.calls[-1] == [
        *("docker", "image", "rm", "langagent/kept:a1", "langagent/kept:a1-ops", "app@a1", "ops@a1")
    ]


def test_nobody_writes_while_the_database_is_replaced() -> None:
    host = server()
    Hold(tools(host)).do()
    assert "/var/app/proxy/maintenance" in host.files
    assert host.calls == [NEW.stop("backend-blue", "worker", "schedule")]


@pytest.mark.parametrize(("answer", "is_ready"), [(READY, True), (UNREADY, False)])
def test_people_are_let_in_again_when_the_backend_has_had_its_time(answer: Answer, *, is_ready: bool) -> None:
    host, asked_while = server(inspected("backend-blue")), list[bool]()

    def probe(_url: str, _domain: str) -> Answer:
        asked_while.append(["rm", "-f", "/var/app/proxy/maintenance"] not in host.calls)
        return answer

    with nullcontext() if is_ready else pytest.raises(OpsError, match="Gate ready: backend-blue"):
        Hold(tools(host, probe)).undo()
    assert host.calls[0] == OLD.up("backend-blue", "worker", "schedule", recreate=False)
    assert host.calls[-1] == ["rm", "-f", "/var/app/proxy/maintenance"]
    assert asked_while
    assert all(asked_while)


def test_people_are_let_in_again_and_out_again() -> None:
    host = server()
    step = Reopen(tools(host))
    step.do()
    assert host.calls == [["rm", "-f", "/var/app/proxy/maintenance"]]
    step.undo()
    assert "/var/app/proxy/maintenance" in host.files


@pytest.mark.parametrize(
    ("advice", "told"),
    [
        ("langagent restore (again; it begins anew)", "the same command again; a restore begins anew"),
        ("langagent backup list", "langagent exec schedule langagent backup list"),
        ("set TMPDIR to a folder on a disk with room", "set TMPDIR to a folder on a disk with room"),
    ],
)
def test_what_a_restore_advises_is_what_its_operator_types(advice: str, told: str) -> None:
    error = json.dumps({"event": "error", "message": "no luck", "next_command": advice})
    run = _one_off("schedule", "restore", "backup_1", "--yes")
    step = Restore(tools(server(answers={run: Done(15, error, "")}), asked=plan(backup="backup_1")))
    with pytest.raises(BackupError) as failed:
        step.do()
    assert failed.value.next_command == told


def test_a_restore_that_failed_is_taken_back_by_leaving_it_one_that_was_done_is_not() -> None:
    asked = plan(backup="backup_1", backup_schema=6)
    run = _one_off("schedule", "restore", "backup_1", "--yes")
    host = server(answers={run: Done(15, json.dumps({"event": "error", "message": "no room"}), "")})
    step = Restore(tools(host, asked=asked))
    with pytest.raises(BackupError, match="no room"):
        step.do()
    step.undo()
    host.answers[run] = _result(kept="langagent_before_1")
    assert step.do() == {"backup": "backup_1", "schema": 6, "kept": "langagent_before_1"}
    assert step.check() == step.do()
    with pytest.raises(OpsError, match="that of backup_1; the one of before is kept as langagent_before_1"):
        step.undo()
