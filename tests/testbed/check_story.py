"""The story of a server, typed as its owner types it: each test goes on where the last one ended."""

import json
import ssl
import time
from contextlib import ExitStack

import pytest

from tests.testbed import acme
from tests.testbed.bed import Bed
from tests.testbed.conftest import TOKEN, Figures, deploy, furnish, new_server
from tests.testbed.images import Images
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
    assert len(server.result("exec", "schedule", "langagent", "backup", "list", "--json")["backups"]) == 1


def check_a_conversation_begins(chat: Telegram) -> None:
    assert chat.say("/start")


def check_nobody_notices_a_deploy_a_failing_one_and_a_rollback(
    server: Server, images: Images, chat: Telegram, figures: Figures
) -> None:
    images.version("never", "never")
    secret = server.shell("sed -n 's/^TELEGRAM_WEBHOOK_SECRET=//p' /var/app/.env").strip()
    with Traffic(server.ports.https, server.domain, TOKEN, secret) as traffic:
        deploy(server, "v2")
        assert chat.say("/help")
        failed = deploy(server, "never", "--gate-timeout", "15", code=13)
        server.langagent("rollback", "--bake", "2")
        while traffic.tally.requests < REQUESTS:
            time.sleep(1)
    assert "Gate ready" in failed
    assert "planted: it is never ready" in failed
    tally = traffic.tally
    kinds = ", ".join(f"{count} {kind}" for kind, count in tally.answered.items())
    figures(f"{tally.requests} requests ({kinds}), {len(tally.failed)} failed, the slowest took {tally.slowest:.2f} s")
    assert tally.failed == []
    assert sorted(stored_decks(server, traffic)) == sorted(tally.decks)
    assert stored_updates(server, traffic) == sorted(tally.updates)


def check_the_conversation_goes_on(chat: Telegram) -> None:
    assert chat.say("/help")


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
