"""A deploy as it is asked for: judged, pinned, handed over, and nothing of a secret anywhere but where it belongs."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from langagent.settings import Secret
from ops.deploy.deploy import Deployer
from ops.deploy.handover import Handover
from ops.deploy.request import Login, Request, Version
from ops.environment.files import init
from ops.errors import ConfigurationError, PreflightError, RolledBackError
from ops.hosts.base import Done
from ops.plan.models import Plan
from ops.releases.layout import Layout
from ops.releases.ledger import Entry
from ops.releases.models import Result
from ops.timer import Timer
from tests.ops.deploy.made import server
from tests.ops.fake_host import FakeHost
from tests.ops.plan.made import NOW
from tests.ops.releases.made import good, outcome

DIGESTS = {"ghcr.io/me/tutor:v2": "sha256:" + "d" * 64, "ghcr.io/me/tutor:v2-ops": "sha256:" + "e" * 64}
MANIFEST = ("docker", "--config", "/tmp/login", "manifest", "inspect", "--verbose")
TOKEN = "ghp_planted_secret"
DRAFT = "/var/app/releases/20261123T100000Z-v2.tmp"
VALUES = {
    "ENVIRONMENT": "production",
    "APP_URL": "https://tutor.example",
    "BACKEND_IMAGE": "ghcr.io/me/tutor",
    "TELEGRAM_BOT_TOKEN": "123456:planted_bot_token",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docker-compose.yml").write_text("services: {}\n")
    return tmp_path


def _manifest(digest: str) -> str:
    layers = [{"digest": "sha256:" + "b" * 64, "size": 100}]
    platform = {"architecture": "amd64"}
    return json.dumps({"Descriptor": {"digest": digest, "platform": platform}, "SchemaV2Manifest": {"layers": layers}})


def _host(*entries: Entry, live: str = "", ended: Result = Result.GOOD) -> FakeHost:
    host = server(*entries, live=live)
    del host.files["/var/app/.env"]
    init(FakeEnv(host), "/var/app/.env", date(2026, 11, 23), VALUES)
    host.answers["date",] = f"{NOW.timestamp()}"
    for reference, digest in DIGESTS.items():
        host.answers["docker", "--config", "/tmp/login", "manifest", "inspect", "--verbose", reference] = _manifest(
            digest
        )
    told: dict[str, Any] = {"message": "Gate ready: no", "step": "gate"} if ended is not Result.GOOD else {}
    host.files["/var/app/releases/20261123T100000Z-v2/outcome.json"] = outcome(ended, **told).encode()
    return host


class FakeEnv(FakeHost):
    """The same machine, on which no `.env` is found yet."""

    def __init__(self, host: FakeHost) -> None:
        super().__init__({("test", "-e"): Done(1, "", "")})
        self.files = host.files


def _deployer(host: FakeHost, project: Path, **changes: Any) -> Deployer:
    request = Request(**{"version": Version("v2"), "who": "ann@desk", "command": "langagent deploy v2", **changes})
    return Deployer(request, Handover(host, Layout(), Timer(now=lambda: NOW), lambda _event: None), project)


def _asked(host: FakeHost) -> Plan:
    return Plan.decode(host.files[f"{DRAFT}/plan.json"].decode())


def test_the_first_release_is_blue_and_pinned(project: Path) -> None:
    host = _host()
    assert _deployer(host, project).deploy().outcome.result is Result.GOOD
    plan = _asked(host)
    assert (plan.colour, plan.live, plan.previous) == ("blue", "", "")
    assert plan.backend == f"ghcr.io/me/tutor@{DIGESTS['ghcr.io/me/tutor:v2']}"
    assert plan.ops == f"ghcr.io/me/tutor@{DIGESTS['ghcr.io/me/tutor:v2-ops']}"
    assert plan.layers == {"b" * 12: 100}


def test_the_next_one_takes_the_other_colour_and_knows_what_the_old_one_needs(project: Path) -> None:
    host = _host(good("v1", schema=5), live="blue")
    _deployer(host, project).deploy()
    plan = _asked(host)
    assert (plan.colour, plan.live, plan.previous, plan.needs_schema) == ("green", "blue", "v1", 5)
    assert b"BACKEND_BLUE_IMAGE=app@sha256:2\n" in host.files[f"{DRAFT}/images.env"]


def test_the_bundle_is_the_project_s_and_has_the_settings_of_the_release(project: Path) -> None:
    (project / "settings.env").write_text("LOG_LEVEL=DEBUG\n")
    host = _host()
    _deployer(host, project).deploy()
    assert host.files[f"{DRAFT}/bundle/docker-compose.yml"] == b"services: {}\n"
    assert host.files[f"{DRAFT}/bundle/settings.env"] == b"LOG_LEVEL=DEBUG\n"
    assert b"upstream backend" in host.files[f"{DRAFT}/bundle/nginx/nginx.conf"]


def test_secrets_are_where_they_belong_and_nowhere_else(project: Path) -> None:
    host = _host()
    _deployer(host, project, login=Login("ann", Secret(TOKEN))).deploy()
    [login] = [at for at, call in enumerate(host.calls) if "login" in call]
    assert host.calls[login][3:] == ["login", "ghcr.io", "--username", "ann", "--password-stdin"]
    assert host.inputs[login] == TOKEN.encode()
    planted = (TOKEN, "planted_bot_token")
    assert not [call for call in host.calls for secret in planted if secret in " ".join(call)]
    written = b"".join(content for name, content in host.files.items() if name != "/var/app/.env")
    assert not [secret for secret in planted if secret.encode() in written]


def test_a_refused_login_leaves_nothing_behind(project: Path) -> None:
    host = _host()
    host.answers["docker", "--config", "/tmp/login", "login"] = Done(1, "", "denied")
    with pytest.raises(PreflightError, match="does not let ann in: denied"):
        _deployer(host, project, login=Login("ann", Secret(TOKEN))).deploy()
    assert host.calls[-1] == ["rm", "-rf", "/tmp/login"]
    assert host.commands("mv") == []


def test_what_the_server_lacks_is_told_before_the_registry_is_asked(project: Path) -> None:
    host = _host()
    host.answers["df", "-Pk"] = ""
    with pytest.raises(PreflightError, match="GB are needed"):
        _deployer(host, project).deploy()
    assert host.commands("docker", "--config") == []


def test_a_secret_among_the_settings_is_refused(project: Path) -> None:
    (project / "settings.env").write_text("SECRET_KEY=abc\n")
    with pytest.raises(ConfigurationError, match="has secrets: SECRET_KEY"):
        _deployer(_host(), project).deploy()


def test_a_folder_that_is_no_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"There is no .*docker-compose\.yml"):
        _deployer(_host(), tmp_path).deploy()


def test_a_dry_run_changes_nothing(project: Path) -> None:
    host = _host(good("v1"), live="blue")
    before = dict(host.files)
    verdicts, plan = _deployer(host, project).dry_run()
    assert {verdict.result for verdict in verdicts} == {"ok"}
    assert plan.steps[0] == "pull"
    assert host.files == before
    assert not [call for call in host.calls if call[0] in ("mv", "ln") or "--detach" in call]


def test_a_failed_release_is_an_error_that_says_who_serves(project: Path) -> None:
    host = _host(good("v1"), live="blue", ended=Result.ROLLED_BACK)
    with pytest.raises(RolledBackError, match="failed at `gate`") as failed:
        _deployer(host, project).deploy()
    assert failed.value.state == "It was taken back. v1 serves."
