"""`python -m ops.dev.npm ARGUMENT…`: npm in `web/`, with a fitting Node, after installing what its lock names."""

import hashlib
import os
import signal
import sys
from pathlib import Path

from ops.dev.node import Node, find_node
from ops.dev.project import Project, find_project
from ops.embedded.child import spawn
from ops.errors import OpsError

_INSTALL = ("ci", "--no-audit", "--no-fund", "--prefer-offline")
_WITHOUT_CHECKS = "--omit=dev"


def install(project: Project, node: Node, *, with_checks: bool) -> bool:
    """Install the client's packages when its lock has changed since the last time; say whether that was needed.

    Args:
        with_checks: with the tools that test and check the client, which serving it does not need.

    Raises:
        OpsError: npm failed; its own words are on the standard output.
    """
    stamp = project.web / "node_modules" / ".langagent-lock"
    digest = hashlib.sha256((project.web / "package-lock.json").read_bytes()).hexdigest()
    whole, part = digest, f"{digest} {_WITHOUT_CHECKS}"
    if stamp.exists() and stamp.read_text() in ({whole} if with_checks else {whole, part}):
        return False
    argv = node.npm_argv(*_INSTALL) if with_checks else node.npm_argv(*_INSTALL, _WITHOUT_CHECKS)
    npm = spawn(argv, cwd=project.web, env=environment(node), death_signal=signal.SIGKILL)
    try:
        failed = npm.wait()
    finally:
        npm.kill()
    if failed:
        raise OpsError(
            "The browser client's packages could not be installed (npm's words are above).",
            state="The database, the app and the worker are not affected.",
            next_command="make up with a network, or `langagent dev up --no-web`",
        )
    stamp.write_text(whole if with_checks else part)
    return True


def environment(node: Node) -> dict[str, str]:
    """Return our environment with that Node first on the path."""
    return {**os.environ, "PATH": f"{Path(node.program).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def main(arguments: list[str]) -> None:
    project, node = find_project(), find_node()
    install(project, node, with_checks=True)
    os.chdir(project.web)
    argv = node.npm_argv(*arguments)
    os.execve(argv[0], argv, environment(node))  # noqa: S606 - npm itself


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OpsError as error:
        sys.exit(f"{error.message} Next: {error.next_command}")
