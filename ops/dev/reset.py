"""Delete the local databases, and the files that their rows speak of."""

import shutil

from ops.dev import infra
from ops.dev.choices import Infra
from ops.dev.project import Project
from ops.dev.state import claimed


def reset(project: Project, where: Infra) -> list[str]:
    """Delete the data of the embedded or the Docker databases and return what was deleted.

    Raises:
        LockedError: `dev up` uses them.
        PreflightError: Docker does not answer.
    """
    project.prepare()
    with claimed(project):
        if where is Infra.DOCKER:
            infra.compose(project, "down", "--volumes")
            return ["the containers and volumes of docker-compose.local.yml"]
        folders = [project.state / name for name in ("postgres", "redis", "media")]
        doomed = [folder for folder in folders if folder.exists()]
        for folder in doomed:
            shutil.rmtree(folder)
        return [str(folder) for folder in doomed]
