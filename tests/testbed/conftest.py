"""The testbed of a session: images are built once, servers are removed at the end."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.testbed import acme, telegram
from tests.testbed import images as images_of_session
from tests.testbed.bed import SESSION, Bed, find_bed, free_ports
from tests.testbed.images import THERE, Images, prepare
from tests.testbed.server import Server, boot
from tests.testbed.traffic import Traffic

FIGURES = pytest.StashKey[list[str]]()
Figures = Callable[[str], None]
FULL = bool(os.environ.get("LANGAGENT_TESTBED_FULL"))
BAKE = os.environ.get("LANGAGENT_TESTBED_BAKE", "2")
KEEPS = bool(os.environ.get("LANGAGENT_TESTBED_KEEP"))
TOKEN = "123456:TESTBED-TOKEN"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `make testbed-full`, leave out what is marked so."""
    if FULL:
        return
    full = [item for item in items if item.get_closest_marker("full")]
    if full:
        config.hook.pytest_deselected(items=full)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured."""
    for line in terminalreporter.config.stash.get(FIGURES, []):
        terminalreporter.write_line(line)


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Notes a figure for the end of the session."""
    name = request.node.name
    return lambda line: request.config.stash.setdefault(FIGURES, []).append(f"{name}: {line}")


@pytest.fixture(scope="session")
def bed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bed]:
    """Engine and registry; the session's own containers and images go at its end."""
    found = find_bed(tmp_path_factory.mktemp("bed"))
    found.up()
    yield found
    if not KEEPS:
        found.remove(acme.HOST)
        found.remove(telegram.HOST)
        images_of_session.remove()


@pytest.fixture(scope="session")
def images(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Images:
    """The product, built; versions are made as they are needed."""
    made = prepare(bed, tmp_path_factory.mktemp("images"))
    made.version("v1")
    if FULL:
        made.version("v2")
    return made


@pytest.fixture(scope="session")
def chat(bed: Bed, images: Images, tmp_path_factory: pytest.TempPathFactory) -> telegram.Telegram:
    """A local Telegram that the servers reach and that reaches them."""
    return telegram.start(bed, TOKEN, acme.root(bed), tmp_path_factory.mktemp("telegram"))


@pytest.fixture(scope="module")
def servers(bed: Bed) -> Iterator[ExitStack]:
    """What is removed when the module's tests are over."""
    with ExitStack() as stack:
        yield stack


def new_server(bed: Bed, servers: ExitStack, name: str, folder: Path, *, bare: bool = False) -> Server:
    """Start a server for a module."""
    if not KEEPS:
        servers.callback(bed.remove, f"{name}-{SESSION}")
    return boot(bed, f"{name}-{SESSION}", free_ports(), folder, bare=bare)


def furnish(server: Server, **values: str) -> None:
    """Do what every owner does before the first deploy: trust, set up, write the .env."""
    server.langagent("server", "trust", "--yes")
    server.langagent("server", "setup")
    given = {
        "APP_URL": f"https://{server.domain}",
        "BACKEND_IMAGE": THERE,
        "ADMIN_TELEGRAM_IDS": "100200300",
        "POSTGRES_SHARED_BUFFERS": "128MB",
        "BACKUP_FOLDER": "/var/backups/postgres",
        "ACME_DIRECTORY": acme.DIRECTORY,
        "ACME_CA_FILE": "/ca.pem",
        "TELEGRAM_API_URL": telegram.URL,
        "RATE_LIMIT_IP_PER_MINUTE": "10000000",
        "RATE_LIMIT_USER_PER_HOUR": "10000000",
        "PROXY_REQUESTS_PER_SECOND": "5000",
        **values,
    }
    options = [option for name, value in given.items() for option in ("--set", f"{name}={value}")]
    server.langagent("env", "init", *options, "--set", "TELEGRAM_BOT_TOKEN", env={"TELEGRAM_BOT_TOKEN": TOKEN})


def deploy(server: Server, tag: str, *options: str, code: int | None = 0, env: Mapping[str, str] | None = None) -> str:
    """Deploy a version with the short bake of the tests, and return what was said."""
    done = server.langagent("deploy", tag, "--bake", BAKE, *options, code=code, env=env)
    return done.stdout + done.stderr


def visitors(server: Server) -> Traffic:
    """Return the traffic oracle for a server, with all that its visitors have to know."""
    secret = server.shell("sed -n 's/^TELEGRAM_WEBHOOK_SECRET=//p' /var/app/.env").strip()
    return Traffic(server.ports.https, server.domain, TOKEN, secret)
