"""`python -m ops.dev.web HOST PORT`: install the client's packages when needed, then become Vite's server."""

import os
import sys

from ops.dev.node import Node, find_node
from ops.dev.npm import environment, install
from ops.dev.project import Project, find_project
from ops.errors import OpsError


def vite_argv(project: Project, node: Node, host: str, port: int) -> list[str]:
    """Return the command of Vite's development server."""
    vite = project.web / "node_modules/vite/bin/vite.js"
    return [node.program, str(vite), "--host", host, "--port", str(port), "--strictPort", "--clearScreen", "false"]


def main(host: str, port: str) -> None:
    project, node = find_project(), find_node()
    install(project, node, with_checks=False)
    os.chdir(project.web)
    argv = vite_argv(project, node, host, int(port))
    os.execve(argv[0], argv, environment(node))  # noqa: S606 - Vite itself, so that it is our supervisor's own child


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except OpsError as error:
        sys.exit(f"{error.message} Next: {error.next_command}")
