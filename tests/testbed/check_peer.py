"""A deploy beside what people do by hand: `docker compose pull && docker compose up -d` of the same image."""

import time
from contextlib import ExitStack

import pytest

from tests.testbed.bed import Bed
from tests.testbed.conftest import BAKE, Figures, deploy, furnish, new_server, visitors
from tests.testbed.images import THERE, Images
from tests.testbed.server import Server

pytestmark = pytest.mark.full

BY_HAND = """
cd /var/app
docker compose --project-name langagent --project-directory /var/app --file current/bundle/docker-compose.yml \
    --env-file .env --env-file current/images.env --env-file /tmp/by-hand.env {0}
"""


@pytest.fixture(scope="module")
def server(bed: Bed, servers: ExitStack, images: Images, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server on which v1 serves."""
    made = new_server(bed, servers, "peer", tmp_path_factory.mktemp("peer"))
    furnish(made)
    deploy(made, "v1")
    return made


def check_a_deploy_loses_nothing_where_compose_does(server: Server, images: Images, figures: Figures) -> None:
    images.version("v3")
    with visitors(server) as ours:
        deploy(server, "v2", "--no-backup")
    seconds = server.releases()[-1]["seconds"] - float(BAKE)
    live = server.result("status")["live"]
    variables = f"BACKEND_{live.upper()}_IMAGE={THERE}:v3\nWORKER_IMAGE={THERE}:v3\nSCHEDULE_IMAGE={THERE}:v3"
    server.shell(f"printf '{variables}\\n' >/tmp/by-hand.env")
    services = f"backend-{live} worker schedule"
    with visitors(server) as theirs:
        began = time.monotonic()
        server.shell(BY_HAND.format(f"pull --quiet {services}"))
        server.shell(BY_HAND.format(f"up --detach --no-deps --wait {services}"))
        by_hand = time.monotonic() - began
    figures(f"deploy without its bake {seconds:.1f} s: {ours.tally}")
    figures(f"compose pull, up -d --wait {by_hand:.1f} s: {theirs.tally}")
    assert ours.tally.failed == []
    assert server.ready_release() == "v3"
