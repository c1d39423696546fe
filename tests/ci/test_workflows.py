"""The workflows: pinned, with no more rights than they use, and only what is documented."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
DOCUMENTED = (ROOT / "docs/ci.md").read_text()
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
PINNED_LINE = re.compile(r"uses: \S+@[0-9a-f]{40} # v\d")
RIGHTS = {"contents": {"read"}, "packages": {"read", "write"}}

pytestmark = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def _workflow(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text())
    return loaded


def _steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in _workflow(path)["jobs"].values():
        yield from job.get("steps", ())


def test_what_others_wrote_is_pinned_by_digest(path: Path) -> None:
    used = [step["uses"] for step in _steps(path) if "uses" in step]
    used += [job["uses"] for job in _workflow(path)["jobs"].values() if "uses" in job]
    assert [name for name in used if not name.startswith("./") and not PINNED.fullmatch(name)] == []


def test_a_pin_says_which_version_it_is(path: Path) -> None:
    lines = [line.strip() for line in path.read_text().splitlines() if "@" in line and "uses:" in line]
    assert [line for line in lines if not PINNED_LINE.search(line)] == []


def test_rights_are_named_and_few(path: Path) -> None:
    workflow = _workflow(path)
    granted = [workflow["permissions"], *(job.get("permissions", {}) for job in workflow["jobs"].values())]
    assert [rights for rights in granted if not all(right in RIGHTS[name] for name, right in rights.items())] == []


def test_the_checkout_keeps_no_token(path: Path) -> None:
    checkouts = [step for step in _steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_nothing_is_pasted_into_a_script(path: Path) -> None:
    assert [step["run"] for step in _steps(path) if "${{" in step.get("run", "")] == []


def test_every_job_ends(path: Path) -> None:
    jobs = _workflow(path)["jobs"]
    assert [name for name, job in jobs.items() if "steps" in job and "timeout-minutes" not in job] == []


def test_secrets_and_variables_are_documented(path: Path) -> None:
    named = re.findall(r"\$\{\{ (?:secrets|vars)\.(\w+) \}\}", path.read_text())
    assert [name for name in named if f"`{name}`" not in DOCUMENTED] == []


def test_scripts_are_there(path: Path) -> None:
    scripts = [step["run"].split()[0] for step in _steps(path) if step.get("run", "").startswith(".ci/")]
    assert [script for script in scripts if not os.access(ROOT / script, os.X_OK)] == []
