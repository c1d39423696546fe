"""Which backup a rollback brings back."""

import json

import pytest

from ops.deploy.saved import find
from ops.errors import ConfigurationError
from ops.hosts.compose import Compose
from ops.releases.layout import Layout
from tests.ops.fake_host import FakeHost

OLDER, NEWER, ANOTHERS = (f"backup_2026030{day}_020000" for day in (1, 2, 3))
COMPOSE = Compose(Layout(), "r1")


def listed(*backups: str) -> str:
    found = [{"id": backup, "problem": "", "schema_revision": 7} for backup in backups]
    return json.dumps({"event": "result", "backups": found})


@pytest.fixture
def server() -> FakeHost:
    """A server whose store holds the backups of two databases, the newest of which is not its own."""
    argv = tuple(COMPOSE.run("schedule", "langagent", "backup", "list"))
    return FakeHost({argv: listed(ANOTHERS, NEWER, OLDER), (*argv, "--own"): listed(NEWER, OLDER)})


@pytest.mark.parametrize(
    ("wanted", "found"), [("latest", NEWER), (OLDER, OLDER), (ANOTHERS, ANOTHERS)], ids=["latest", "id", "another's id"]
)
def test_the_latest_is_the_servers_own_and_an_id_is_any(server: FakeHost, wanted: str, found: str) -> None:
    assert find(server, COMPOSE, wanted).id == found


def test_an_unknown_one_is_refused(server: FakeHost) -> None:
    with pytest.raises(ConfigurationError, match="no good backup nonsense"):
        find(server, COMPOSE, "nonsense")
