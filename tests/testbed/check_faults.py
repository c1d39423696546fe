"""The fault list, as far as deploys go: each ends with the old release serving, and with words that help."""

import time
from contextlib import ExitStack

import pytest

from tests.testbed.bed import Bed
from tests.testbed.conftest import deploy, furnish, new_server
from tests.testbed.images import Images
from tests.testbed.journal import assert_converged, strike
from tests.testbed.server import Server

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def server(bed: Bed, servers: ExitStack, images: Images, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server on which v1 serves."""
    made = new_server(bed, servers, "faults", tmp_path_factory.mktemp("faults"))
    furnish(made)
    deploy(made, "v1")
    return made


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("never", ("Gate ready", "planted: it is never ready")),
        ("flap", ("planted: it flaps",)),
        ("crash", ("Gate ready", "planted: it crashes at start", "exit code 1")),
        ("migration", ("division by zero",)),
    ],
)
def check_a_release_that_fails_is_taken_back(server: Server, images: Images, fault: str, said: tuple[str, ...]) -> None:
    images.version(fault, fault)
    before = server.sql("select count(*) from information_schema.tables")
    told = deploy(server, fault, "--gate-timeout", "15", "--bake", "20", code=13)
    assert [words for words in said if words not in told] == []
    assert_converged(server, "v1")
    assert server.sql("select count(*) from information_schema.tables") == before


def check_an_image_that_is_not_there_changes_nothing(server: Server) -> None:
    assert "nosuchtag" in deploy(server, "nosuchtag", code=10)
    assert_converged(server, "v1")


def check_a_digest_that_differs_changes_nothing(server: Server) -> None:
    deploy(server, f"v1@sha256:{'0' * 64}", code=10)
    assert_converged(server, "v1")


def check_a_layer_that_is_not_what_its_digest_says_changes_nothing(server: Server, images: Images) -> None:
    images.version("torn")
    images.tear("torn")
    assert "could not be fetched" in deploy(server, "torn", code=10)
    assert_converged(server, "v1")


def check_a_clock_that_is_off_by_an_hour_is_refused(server: Server) -> None:
    late = "/usr/local/bin/date"
    server.shell(f'printf \'#!/bin/sh\\nexec /bin/date --date="1 hour" "$@"\\n\' >{late} && chmod +x {late}')
    try:
        assert "its clock is 3600 s ahead of this machine's" in deploy(server, "v2", code=10)
    finally:
        server.shell(f"rm {late}")


@pytest.mark.parametrize(
    ("damage", "repair", "said"),
    [
        ("chmod 644 .env", "chmod 600 .env", "mode 0644"),
        ("sed -i.kept 's/^SECRET_KEY=.*/SECRET_KEY=change-me/' .env", "mv .env.kept .env", "SECRET_KEY"),
        ("sed -i.kept '/^TELEGRAM_BOT_TOKEN=/d' .env", "mv .env.kept .env", "TELEGRAM_BOT_TOKEN is missing"),
    ],
)
def check_a_bad_env_is_refused_before_anything_is_touched(server: Server, damage: str, repair: str, said: str) -> None:
    count = len(server.releases())
    server.shell(f"cd /var/app && {damage}")
    assert said in deploy(server, "v2", code=10)
    assert len(server.releases()) == count
    server.shell(f"cd /var/app && {repair}")


def check_a_full_disk_ends_the_backup_before_anything_is_changed(server: Server) -> None:
    backups = "/var/lib/docker/volumes/langagent_backups/_data"
    server.shell(f"mount -t tmpfs -o size=16k,mode=777 full {backups} && docker restart langagent-schedule-1")
    try:
        said = deploy(server, "v2", code=15)
    finally:
        server.shell(f"docker stop langagent-schedule-1 && umount {backups} && docker start langagent-schedule-1")
    assert "No space left on device" in said
    assert_converged(server, "v1")


def check_a_database_that_goes_before_the_dump_ends_the_deploy(server: Server) -> None:
    happened = strike(server, "backup", "docker stop langagent-db-1", state="started")
    said = deploy(server, "v2", code=15)
    happened()
    server.shell("docker start langagent-db-1")
    assert "The database cannot be reached" in said
    deadline = time.monotonic() + 60
    while server.status_of("/health/ready") != 200:
        assert time.monotonic() < deadline, "the old release does not come back with its database"
        time.sleep(0.2)
    assert_converged(server, "v1")


def check_a_configuration_that_nginx_refuses_is_taken_back(server: Server) -> None:
    current = "/var/lib/docker/volumes/langagent_certificates/_data/current"
    server.shell(f"mv {current} {current}.gone")
    try:
        deploy(server, "v2", code=13)
    finally:
        server.shell(f"mv -T {current}.gone {current}")
    assert_converged(server, "v1")


def check_a_container_that_ignores_sigterm_is_ended_all_the_same(server: Server, images: Images) -> None:
    images.version("stubborn", "stubborn")
    deploy(server, "stubborn")
    deploy(server, "v1")
    assert_converged(server, "v1")


def check_a_torn_file_of_the_ledger_is_named_and_skipped(server: Server) -> None:
    torn = server.shell("ls -d /var/app/releases/* | head -n 1").strip()
    server.shell(f"cp {torn}/release.json /tmp/whole && truncate -s 10 {torn}/release.json")
    said = server.langagent("deploy", "v2", "--dry-run").stdout
    assert f"{torn.rpartition('/')[2]}/release.json" in said
    server.shell(f"cp /tmp/whole {torn}/release.json")


def check_a_changed_host_key_ends_with_both_fingerprints(server: Server) -> None:
    before = server.shell("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub").split()[1]
    server.shell("rm /etc/ssh/ssh_host_* && ssh-keygen -A && pkill -x sshd; /usr/sbin/sshd")
    after = server.shell("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub").split()[1]
    said = server.langagent("status", code=12).stderr
    assert before in said
    assert after in said
    server.langagent("server", "trust", "--fingerprint", after)
    assert_converged(server, "v1")


def check_a_migration_waits_for_a_lock_and_the_release_before_runs_on_its_schema(
    server: Server, images: Images
) -> None:
    images.version("waits", "waits")
    # A lock that a dump, which comes first, does not wait for.
    held = (
        "docker exec langagent-db-1 psql -XU postgres langagent -c begin"
        " -c 'lock table notifications in access share mode' -c 'select pg_sleep(10)' -c commit"
    )
    happened = strike(server, "migrate", held, state="started")
    deploy(server, "waits")
    happened()
    assert_converged(server, "waits")
    assert "9001.waits" in deploy(server, "v1", code=13)
    assert_converged(server, "waits")
    server.langagent("rollback", "--bake", "2")
    assert_converged(server, "v1")
