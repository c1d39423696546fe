"""Commands of Compose, by equality."""

from ops.hosts.compose import Compose
from ops.releases.layout import Layout

BASE = [
    *("docker", "compose", "--project-name", "langagent", "--project-directory", "/var/app"),
    *("--file", "/var/app/releases/r1/bundle/docker-compose.yml"),
    *("--env-file", "/var/app/.env", "--env-file", "/var/app/releases/r1/images.env", "--progress", "quiet"),
]
COMPOSE = Compose(Layout(), "r1")


def test_commands() -> None:
    assert COMPOSE.up("backend-blue") == [*BASE, "up", "--detach", "--no-deps", "backend-blue"]
    assert COMPOSE.up("db", recreate=False) == [*BASE, "up", "--detach", "--no-deps", "--no-recreate", "db"]
    assert COMPOSE.stop("backend-blue") == [*BASE, "stop", "backend-blue"]
    assert COMPOSE.remove("backend-blue") == [*BASE, "rm", "--stop", "--force", "backend-blue"]
    assert COMPOSE.execute("proxy", "nginx", "-t") == [*BASE, "exec", "--no-TTY", "proxy", "nginx", "-t"]
    assert COMPOSE.run("setup", "true") == [
        *(*BASE, "run", "--rm", "--no-deps", "--no-TTY", "--quiet-pull", "setup", "true")
    ]
