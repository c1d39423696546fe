"""The client of a checkout is built by its own Vite; here, one that does as it is told."""

import hashlib
from pathlib import Path

import pytest

from ops.dev.project import Project
from ops.errors import OpsError
from ops.web.build import build


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A checkout whose packages are installed."""
    web = tmp_path / "web"
    (web / "node_modules/vite/bin").mkdir(parents=True)
    (web / "package-lock.json").write_text("{}")
    (web / "node_modules/.langagent-lock").write_text(hashlib.sha256(b"{}").hexdigest())
    return Project(tmp_path, tmp_path / ".langagent")


def _vite(project: Project, script: str) -> None:
    (project.web / "node_modules/vite/bin/vite.js").write_text(script)


def test_it_is_built_in_its_own_folder(project: Project) -> None:
    _vite(project, "require('fs').mkdirSync('dist'); require('fs').writeFileSync('dist/index.html', process.argv[2])")
    folder = build(project)
    assert folder == project.web / "dist"
    assert (folder / "index.html").read_text() == "build"


def test_a_failure_says_where_its_words_are(project: Project) -> None:
    _vite(project, "process.exit(3)")
    with pytest.raises(OpsError, match="Vite's words are above") as caught:
        build(project)
    assert caught.value.next_command
