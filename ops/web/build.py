"""Build the browser client of a checkout."""

import signal
from pathlib import Path

from ops.dev.node import find_node
from ops.dev.npm import environment, install
from ops.dev.project import Project
from ops.embedded.child import spawn
from ops.errors import OpsError


def build(project: Project) -> Path:
    """Install the client's packages when needed, build it, and return the folder of the files.

    Raises:
        PreflightError: there is no Node.
        OpsError: Vite failed; its own words are on the standard output.
    """
    node = find_node()
    install(project, node, with_checks=False)
    argv = [node.program, str(project.web / "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"]
    vite = spawn(argv, cwd=project.web, env=environment(node), death_signal=signal.SIGKILL)
    try:
        failed = vite.wait()
    finally:
        vite.kill()
    if failed:
        raise OpsError(
            "The browser client could not be built (Vite's words are above).",
            state="What was built before may be gone; nothing was published.",
            next_command="make types, which names the place",
        )
    return project.web / "dist"
