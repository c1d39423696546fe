"""The files of a release as they are put on a server."""

from collections.abc import Mapping
from pathlib import Path

from ops.errors import ConfigurationError
from ops.nginx.render import Proxy, files
from ops.plan.models import BLUE, GREEN, Plan, other
from ops.releases.layout import Layout
from ops.releases.models import Release

COMPOSE_FILE = "docker-compose.yml"
SETTINGS_FILE = "settings.env"


def bundle(project: Path, proxy: Proxy, settings: str = "") -> dict[str, bytes]:
    """Return the files of a bundle, made of the project's own and the settings that go with the release.

    Raises:
        ConfigurationError: the folder is no checkout of the project.
    """
    compose = project / COMPOSE_FILE
    if not compose.exists():
        raise ConfigurationError(
            f"There is no {compose}.",
            state="Nothing was changed.",
            next_command="run it in the folder of the project",
        )
    rendered = {f"bundle/nginx/{name}": text.encode() for name, text in files(proxy).items()}
    return {
        f"bundle/{COMPOSE_FILE}": compose.read_bytes(),
        f"bundle/{SETTINGS_FILE}": settings.encode(),
        **rendered,
    }


def documents(release: Release, plan: Plan, images: Mapping[str, str]) -> dict[str, bytes]:
    """Return what says which release this is, and what is to be done."""
    return {"release.json": release.encode(), "plan.json": plan.encode(), "images.env": images_env(images)}


def images(plan: Plan, live_image: str) -> dict[str, str]:
    """Return the variables of the Compose file: each service's image, and the settings of the release.

    The backend that serves keeps its own image until it stops.
    """
    colours = {plan.colour: plan.backend, other(plan.colour): live_image or plan.backend}
    return {
        "BACKEND_BLUE_IMAGE": colours[BLUE],
        "BACKEND_GREEN_IMAGE": colours[GREEN],
        "WORKER_IMAGE": plan.backend,
        "SCHEDULE_IMAGE": plan.backend,
        "RELEASE_IMAGE": plan.backend,
        "SETTINGS_FILE": f"{Layout(plan.root).release(plan.release).bundle}/{SETTINGS_FILE}",
    }


def images_env(images: Mapping[str, str]) -> bytes:
    return "".join(f"{name}={image}\n" for name, image in sorted(images.items())).encode()
