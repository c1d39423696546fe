"""The story of a server, typed as its owner types it: each test goes on where the last one ended."""

import json
import ssl
import time
from contextlib import ExitStack

import pytest

from tests.testbed import acme, planted
from tests.testbed.bed import Bed
from tests.testbed.conftest import BAKE, Figures, deploy, furnish, new_server, visitors
from tests.testbed.images import Images
from tests.testbed.journal import CUT, FREEZE, KILL, THAW, assert_converged, strike
from tests.testbed.server import Server
from tests.testbed.telegram import Telegram
from tests.testbed.traffic import Traffic

REQUESTS = 5000


@pytest.fixture(scope="module")
def server(bed: Bed, servers: ExitStack, images: Images, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A bare host."""
    return new_server(bed, servers, "story", tmp_path_factory.mktemp("story"), bare=True)


def check_nothing_is_sent_to_a_host_that_is_not_trusted(server: Server) -> None:
    assert "SHA256:" in server.langagent("server", "check", code=12).stderr


def check_a_bare_host_is_made_ready(server: Server) -> None:
    server.langagent("server", "trust", "--yes")
    server.langagent("server", "check", code=10)
    assert "docker.io" in server.langagent("server", "setup", "--dry-run").stdout
    assert not server.shell("command -v docker || true")
    furnish(server)
    assert "nothing had to change" in server.langagent("server", "setup").stdout
    server.langagent("server", "check")
    server.langagent("env", "check")


def check_the_first_deploy_has_certificate_webhook_and_backup(server: Server, chat: Telegram) -> None:
    said = deploy(server, "v1")
    assert "Warning" not in said
    assert "Pebble" in issuer(server)
    assert "good" in server.langagent("exec", "schedule", "langagent", "backup", "list").stdout


def check_a_conversation_begins(chat: Telegram) -> None:
    assert chat.say("/start")


@pytest.mark.full
def check_nobody_notices_a_deploy_a_failing_one_and_a_rollback(
    server: Server, images: Images, chat: Telegram, figures: Figures
) -> None:
    images.version("never", "never")
    planted.watch_processes(server)
    token = {"GHCR_USERNAME": planted.REGISTRY_USER, "GHCR_TOKEN": planted.REGISTRY_TOKEN}
    with visitors(server) as traffic:
        deploy(server, "v2", env=token)
        assert chat.say("/help")
        failed = deploy(server, "never", "--gate-timeout", "15", code=13)
        server.langagent("rollback", "--bake", "2")
        while traffic.tally.requests < REQUESTS:
            time.sleep(1)
    assert "Gate ready" in failed
    assert "planted: it is never ready" in failed
    figures(str(traffic.tally))
    assert traffic.tally.failed == []
    assert sorted(stored_decks(server, traffic)) == sorted(traffic.tally.decks)
    assert stored_updates(server, traffic) == sorted(traffic.tally.updates)


@pytest.mark.full
def check_a_page_that_was_opened_before_still_finds_its_lazy_parts(server: Server) -> None:
    assert {tag: server.status_of(f"/assets/lazy-{tag}.js") for tag in ("v1", "v2")} == {"v1": 200, "v2": 200}
    assert server.status_of("/assets/lazy-v0.js") == 404


@pytest.mark.full
def check_the_conversation_goes_on(chat: Telegram) -> None:
    assert chat.say("/help")


@pytest.mark.full
def check_rollbacks_are_quick(server: Server, figures: Figures) -> None:
    assert server.ready_release() == "v1"
    warm = server.result("rollback", "--to", "v2", "--bake", "2")["seconds_to_switch"]
    server.shell("docker rm langagent-backend-blue-1 langagent-backend-green-1 2>/dev/null || true")
    cold = server.result("rollback", "--to", "v1", "--bake", "2")["seconds_to_switch"]
    figures(f"switched after {warm:.1f} s to a warm release (aim 8), after {cold:.1f} s to a cold one (aim 30)")
    assert server.ready_release() == "v1"


@pytest.mark.full
def check_a_killed_executor_is_resumed_by_the_engine(server: Server) -> None:
    happened = strike(server, "switch", KILL)
    deploy(server, "v2")
    happened()
    assert_converged(server, "v2")


@pytest.mark.full
def check_a_second_operator_is_refused_and_a_lost_connection_costs_nothing(server: Server) -> None:
    cut = strike(server, "migrate", CUT)
    first = server.start("deploy", "v1", "--bake", BAKE)
    strike(server, "base", "true")()
    assert "has been changing this server since" in server.langagent("deploy", "v2", code=11).stderr
    said, _ = first.communicate(timeout=300)
    cut()
    assert first.returncode == 1
    assert "langagent deploy --attach" in said
    server.langagent("deploy", "--attach")
    assert_converged(server, "v1")


@pytest.mark.full
def check_a_backup_is_made_restored_and_drilled(server: Server) -> None:
    made = server.sql("select count(*) from users")
    server.langagent("exec", "schedule", "langagent", "backup", "create")
    server.sql("update users set first_name = 'after the backup'")
    server.langagent("exec", "schedule", "langagent", "restore", "latest", "--yes")
    assert server.sql("select count(*) from users") == made
    assert server.sql("select count(*) from users where first_name = 'after the backup'") == "0"
    server.langagent("exec", "schedule", "langagent", "backup", "drill")
    server.langagent("health")


@pytest.mark.full
def check_a_restore_shows_a_page_and_the_same_release_serves_on_the_data_of_before(server: Server) -> None:
    serving = server.ready_release()
    server.langagent("exec", "schedule", "langagent", "backup", "create")
    rename_people(server, "after the backup")
    held = strike(server, "hold", FREEZE)
    restoring = server.start("server", "restore", "latest", "--yes", "--bake", BAKE)
    held()
    page, running = server.status_of("/"), server.shell("docker ps --format '{{.Names}}'").split()
    server.shell(THAW)
    said, _ = restoring.communicate(timeout=300)
    assert restoring.returncode == 0, said
    assert page == 503
    assert {"langagent-worker-1", "langagent-schedule-1"}.isdisjoint(running)
    assert not [name for name in running if "backend" in name]
    assert people_called(server, "after the backup") == 0
    assert server.status_of("/") == 200
    assert_converged(server, serving)
    last = server.result("releases")["releases"][-1]
    assert (last["kind"], last["tag"], last["outcome"]["result"]) == ("restore", serving, "good")
    kept = last["outcome"]["evidence"]["restore"]["kept"]
    assert server.sql(f"select count(*) from pg_database where datname = '{kept}'") == "1"
    server.langagent("health")


@pytest.mark.full
def check_a_restore_that_fails_leaves_the_release_on_its_own_data(server: Server) -> None:
    serving = server.ready_release()
    rename_people(server, "before the failure")
    dumps = "/var/lib/docker/volumes/langagent_backups/_data/database"
    dump = server.shell(f"ls {dumps}/*.zst | sort | tail -n 1").strip()
    server.shell(f"cp -p {dump} {dump}.whole && printf planted | dd of={dump} bs=1 seek=500 conv=notrunc")
    failed = server.langagent("server", "restore", "latest", "--yes", code=13).stderr
    server.shell(f"mv {dump}.whole {dump}")
    assert "It was taken back." in failed
    assert people_called(server, "before the failure") > 0
    assert server.status_of("/") == 200
    assert_converged(server, serving)


@pytest.mark.full
def check_a_release_that_does_not_pass_on_the_restored_data_names_the_database_of_before(server: Server) -> None:
    serving = server.ready_release()
    killed = strike(server, "start", "docker kill $(docker ps --quiet --filter name=backend)")
    failed = server.langagent("server", "restore", "latest", "--yes", code=14).stderr
    killed()
    assert "Gate ready" in failed
    assert "the one of before is kept as langagent_before_" in failed
    assert server.status_of("/") == 200
    assert_converged(server, serving)


@pytest.mark.full
def check_planted_secrets_are_nowhere(server: Server) -> None:
    assert planted.leaks(server) == []


def rename_people(server: Server, name: str) -> None:
    server.sql(f"update users set first_name = '{name}'")
    assert people_called(server, name) > 0


def people_called(server: Server, name: str) -> int:
    return int(server.sql(f"select count(*) from users where first_name = '{name}'"))


def stored_decks(server: Server, traffic: Traffic) -> list[str]:
    listed = server.sql(f"select json_agg(name) from decks where name like '{traffic.name_prefix}%'")
    names: list[str] = json.loads(listed)
    return names


def stored_updates(server: Server, traffic: Traffic) -> list[int]:
    low, high = traffic.update_ids
    listed = server.sql(
        f"select json_agg(update_id order by update_id) from tg_inbox where update_id between {low} and {high}"
    )
    numbers: list[int] = json.loads(listed)
    return numbers


def issuer(server: Server) -> str:
    """The issuer of the certificate that the server shows, checked against the ACME server's root."""
    trusting = ssl.create_default_context(cadata=acme.root(server.bed))
    with server.connect(trusting) as connection:
        return str(connection.getpeercert())
