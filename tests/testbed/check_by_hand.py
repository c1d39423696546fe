"""`docker compose up -d` beside a .env of `langagent env init`: all of it runs, and what it refuses."""

import http.client
import json
import ssl
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.testbed.by_hand import TOKEN, ByHand, run_by_hand
from tests.testbed.conftest import Figures
from tests.testbed.images import Images

LASTING = ("proxy", "backend-blue", "worker", "schedule", "db", "redis")
FORBIDDEN = (
    "copy users to program 'cat'",
    "copy users from program 'id'",
    "copy (select 1) to '/tmp/planted'",
    "select pg_read_file('/etc/passwd')",
    "select pg_read_binary_file('postgresql.conf')",
    "select pg_ls_dir('.')",
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/planted')",
    "create table planted (id int)",
    "create function planted() returns int language c as '/lib/x86_64-linux-gnu/libc.so.6', 'system'",
    "create extension file_fdw",
    "alter system set archive_command = 'id'",
    "set role langagent_owner",
    "set session authorization postgres",
    "alter role langagent_app superuser",
    "drop table users",
    "truncate users",
    "select pg_reload_conf()",
    "load '/tmp/planted.so'",
)


@pytest.fixture(scope="module")
def server(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByHand]:
    folder = tmp_path_factory.mktemp("by-hand")
    with run_by_hand(folder, "hand", RATE_LIMIT_IP_PER_MINUTE="5") as running:
        yield running


def _get(server: ByHand, path: str, *, host: str = "hand.test", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPSConnection("127.0.0.1", server.ports.https, timeout=10, context=_trusting())
    connection.request("GET", path, headers={"Host": host, **headers})
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@pytest.mark.parametrize("service", LASTING)
def check_every_container_is_well(server: ByHand, service: str) -> None:
    (state,) = json.loads(
        subprocess.check_output(
            ["docker", "inspect", "--format", "[{{json .State.Health.Status}}]", server.container(service)]
        )
    )
    assert state == "healthy"


@pytest.mark.parametrize("service", LASTING)
def check_no_process_is_root(server: ByHand, service: str) -> None:
    uids = server.inside(service, "sh", "-c", "cat /proc/[0-9]*/status 2>/dev/null | sed -n 's/^Uid:\\t//p'")
    assert uids
    assert not [line for line in uids.splitlines() if "0" in line.split()]


@pytest.mark.parametrize("service", [service for service in LASTING if service != "db"])
def check_the_root_file_system_is_read_only(server: ByHand, service: str) -> None:
    done = server.compose("exec", "-T", service, "touch", "/planted", check=False)
    assert "Read-only file system" in done.stderr


def check_no_secret_is_in_a_process_list(server: ByHand) -> None:
    values = [line.partition("=")[2] for line in (server.folder / ".env").read_text().splitlines() if "=" in line]
    secrets = [value for value in values if len(value) >= 24 and not value.startswith("https://")] + [TOKEN]
    shown = "".join(server.inside(name, "sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '") for name in LASTING)
    assert "postgres" in shown
    assert [secret for secret in secrets if secret in shown] == []


@pytest.mark.parametrize("statement", FORBIDDEN)
def check_sql_of_an_intruder_reaches_no_file_and_no_program(server: ByHand, statement: str) -> None:
    done = server.psql("DATABASE_URL", statement)
    assert done.returncode != 0
    assert "permission denied" in done.stderr or "must be" in done.stderr or "not allowed" in done.stderr, done.stderr


def check_the_backup_s_role_changes_nothing(server: ByHand) -> None:
    assert server.psql("BACKUP_DATABASE_URL", "select count(*) from users").stdout == "0\n"
    assert "permission denied" in server.psql("BACKUP_DATABASE_URL", "delete from users").stderr


def check_nobody_is_the_superuser(server: ByHand) -> None:
    others = "backend_type = 'client backend' and pid <> pg_backend_pid()"
    roles = f"select distinct usename from pg_stat_activity where {others}"
    found = server.inside("db", "psql", "-XAtU", "postgres", "langagent", "-c", roles).split()
    assert "langagent_app" in found
    assert "postgres" not in found


def check_old_protocols_are_refused(server: ByHand) -> None:
    offer = ["openssl", "s_client", "-connect", f"127.0.0.1:{server.ports.https}"]
    for protocol, taken in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
        done = subprocess.run([*offer, protocol], input=b"", capture_output=True, check=False, timeout=10)
        assert (b"Cipher is (NONE)" not in done.stdout) is taken, protocol


def check_browsers_speak_http_2(server: ByHand) -> None:
    context = _trusting()
    context.set_alpn_protocols(["h2", "http/1.1"])
    connection = http.client.HTTPSConnection("127.0.0.1", server.ports.https, timeout=10, context=context)
    connection.connect()
    assert isinstance(connection.sock, ssl.SSLSocket)
    assert connection.sock.selected_alpn_protocol() == "h2"
    connection.close()


def check_plain_http_leads_to_https(server: ByHand) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.ports.http, timeout=10)
    connection.request("GET", "/decks?page=2", headers={"Host": "hand.test"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, "https://hand.test/decks?page=2")
    connection.close()


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/health", 200), ("/metrics", 404), ("/api/none", 404)])
def check_each_answer_asks_for_https_once(server: ByHand, path: str, status: int) -> None:
    answer = _get(server, path)
    assert answer.status == status
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains"]


def check_assets_are_kept_for_ever_and_pages_are_not(server: ByHand) -> None:
    page = _get(server, "/")
    name = page.body.decode().partition('src="')[2].partition('"')[0]  # type: ignore[attr-defined]
    asset = _get(server, name, **{"Accept-Encoding": "gzip"})
    assert page.headers["Cache-Control"] == "no-cache"
    assert asset.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asset.headers["Content-Encoding"] == "gzip"


def check_a_forged_address_buys_no_more_requests(server: ByHand) -> None:
    forged = [_get(server, "/api/auth/me", **{"X-Forwarded-For": f"192.0.2.{number}"}).status for number in range(8)]
    assert forged[-1] == 429


def check_during_maintenance_people_read_a_page_and_programs_an_error(server: ByHand) -> None:
    server.write("maintenance", "")
    try:
        page, program, health = _get(server, "/"), _get(server, "/api/decks"), _get(server, "/health")
    finally:
        (server.folder / "proxy" / "maintenance").unlink()
    assert (page.status, page.headers["Retry-After"]) == (503, "30")
    assert "Back in a moment" in page.body.decode()  # type: ignore[attr-defined]
    assert json.loads(program.body)["error"]["code"] == "SERVICE_UNAVAILABLE"  # type: ignore[attr-defined]
    assert health.status == 200
    assert _get(server, "/").status == 200


def check_a_backend_is_soon_ready(server: ByHand, figures: Figures) -> None:
    server.compose("stop", "backend-blue")
    began = time.monotonic()
    server.compose("start", "backend-blue")
    while _get(server, "/health/ready").status != 200:
        assert time.monotonic() - began < 60
        time.sleep(0.05)
    figures(f"ready {time.monotonic() - began:.1f} s after `docker compose start`")


def check_a_terminated_backend_ends_in_order(server: ByHand) -> None:
    server.compose("stop", "backend-blue")
    fate = subprocess.check_output(
        ["docker", "inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", server.container("backend-blue")],
        text=True,
    )
    assert _get(server, "/").status in (502, 504)
    server.compose("start", "backend-blue")
    assert fate == "0 false\n"
