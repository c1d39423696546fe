"""Node is chosen by its version; packages are installed only when their lock changed."""

import json
from pathlib import Path

import pytest

from ops.dev.node import find_node, is_fitting
from ops.dev.npm import install
from ops.dev.project import Project
from ops.errors import OpsError


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("v20.20.2\n", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("", False),
        ("nonsense", False),
    ],
)
def test_old_versions_do_not_fit(version: str, fits: bool) -> None:
    assert is_fitting(version) is fits


@pytest.fixture
def project(tmp_path: Path) -> Project:
    web = tmp_path / "web"
    web.mkdir()
    (web / "package.json").write_text(json.dumps({"name": "client", "version": "1.0.0"}))
    lock = {"name": "client", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "client"}}}
    (web / "package-lock.json").write_text(json.dumps(lock))
    (web / "node_modules").mkdir()
    return Project(tmp_path, tmp_path / ".langagent")


def test_packages_are_installed_once_for_each_lock(project: Project) -> None:
    node = find_node()
    assert install(project, node, with_checks=True)
    assert not install(project, node, with_checks=True)
    with (project.web / "package-lock.json").open("a") as lock:
        lock.write("\n")
    assert install(project, node, with_checks=True)


def test_what_serves_the_client_is_a_part_of_what_checks_it(project: Project) -> None:
    node = find_node()
    assert install(project, node, with_checks=False)
    assert not install(project, node, with_checks=False)
    assert install(project, node, with_checks=True)
    assert not install(project, node, with_checks=False)


def test_a_failed_install_is_tried_again(project: Project) -> None:
    (project.web / "package-lock.json").write_text("{")
    for _ in range(2):
        with pytest.raises(OpsError, match="could not be installed"):
            install(project, find_node(), with_checks=True)
