"""The processes of a development run, as plain data."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ops.dev.project import Project

HOST = "127.0.0.1"
APP = "app"
TELEGRAM = "telegram"
GRACE_SECONDS = 3
_LANGAGENT = str(Path(sys.executable).with_name("langagent"))


@dataclass(frozen=True, slots=True)
class Service:
    """A process to keep running.

    Attributes:
        port: where it answers when it is ready; `path` is what to ask for there.
        after: the service that is ready before this one starts.
    """

    name: str
    argv: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    port: int | None = None
    path: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where all listen; `web` is None when the app serves the built client, `telegram` when no emulator runs."""

    app: int = 8000
    web: int | None = 5173
    telegram: int | None = 8081


def app(project: Project, port: int) -> Service:
    """Return the web application, restarted by uvicorn when its source changes."""
    options = {
        "--host": HOST,
        "--port": str(port),
        "--reload-dir": str(project.root / "langagent"),
        "--timeout-graceful-shutdown": str(GRACE_SECONDS),
    }
    flat = [word for option in options.items() for word in option]
    argv = (
        sys.executable,
        "-m",
        "uvicorn",
        "langagent.app:create_app",
        "--factory",
        "--reload",
        "--no-access-log",
        "--no-proxy-headers",  # the product decides itself whose forwarding headers it believes
        *flat,
    )
    return Service(APP, argv, project.root, port=port, path="/health/ready")


def worker(project: Project) -> Service:
    """Return the background process."""
    return Service("worker", (_LANGAGENT, "worker", "--verbose"), project.root, after=APP)


def schedule(project: Project) -> Service:
    """Return the operations' background process."""
    return Service("schedule", (_LANGAGENT, "schedule", "--state", str(project.state)), project.root, after=APP)


def web(project: Project, port: int, ports: Ports) -> Service:
    """Return the browser client's development server, which forwards /api and /health to the app."""
    argv = (sys.executable, "-m", "ops.dev.web", HOST, str(port))
    variables = {"LANGAGENT_WEB_BACKEND": f"http://{HOST}:{ports.app}"}
    if ports.telegram is not None:
        variables["LANGAGENT_WEB_TELEGRAM"] = f"http://localhost:{ports.telegram}"
    return Service("web", argv, project.root, variables, port=port)


def telegram(project: Project, port: int, app_url: str) -> Service:
    """Return the local Telegram; it takes the bot's token from the environment."""
    argv = (sys.executable, "-m", "emulators.telegram", "--host", HOST, "--port", str(port), "--app-url", app_url)
    return Service(TELEGRAM, argv, project.root, port=port, path="/", after=APP)


def urls(ports: Ports) -> dict[str, str]:
    """Return the addresses a developer wants to see."""
    backend = f"http://localhost:{ports.app}"
    client = backend if ports.web is None else f"http://localhost:{ports.web}"
    chat = {} if ports.telegram is None else {"bot chat": f"http://localhost:{ports.telegram}"}
    return {
        "client": client,
        "dev sign-in": f"{client}/sign-in?dev=1",
        **chat,
        "api": f"{backend}/api/openapi.json",
        "health": f"{backend}/health",
    }


def listed(addresses: Mapping[str, str]) -> str:
    """Return the addresses one below the other."""
    return "\n".join(f"  {name:<12} {url}" for name, url in addresses.items())


def environment(ports: Ports, database_url: str, redis_url: str) -> dict[str, str]:
    """Return the settings that a development run decides itself, whatever `.env` says."""
    addresses = urls(ports)
    return {
        "ENVIRONMENT": "local",
        "DEV_SIGN_IN": "true",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "APP_URL": addresses["client"],
        "API_URL": f"http://localhost:{ports.app}",
        "PYTHONUNBUFFERED": "1",
    }
