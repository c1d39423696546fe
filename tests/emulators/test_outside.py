"""The stand-ins stay outside the product."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
    "packages"
]


def test_they_are_not_shipped() -> None:
    assert "emulators" not in PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_the_product_does_not_import_them(package: str) -> None:
    importing = [path for path in (ROOT / package).rglob("*.py") if "emulators" in imported(path)]
    assert importing == []


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.partition(".")[0] for name in plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}}
