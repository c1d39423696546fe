"""The installer names what a bare machine lacks, with the line that installs it."""

import os
import subprocess
import sys
from pathlib import Path

INSTALL = Path(__file__).parents[3] / "ops/dev/install.sh"


def install(folder: Path, pythons: str, path: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(INSTALL)],
        cwd=folder,
        env={"PATH": f"{path}:{os.environ['PATH']}", "PYTHONS": pythons, "UV": "0"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_python(tmp_path: Path) -> None:
    done = install(tmp_path, "python2.7 python3.10")
    assert done.returncode == 2
    assert "Python 3.11 to 3.14 is needed" in done.stderr
    assert "Next: apt install python3 python3-venv" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_venv(tmp_path: Path) -> None:
    programs, modules, home = (tmp_path / name for name in ("bin", "modules", "home"))
    for folder in (programs, modules, home):
        folder.mkdir()
    (modules / "ensurepip.py").write_text("raise ModuleNotFoundError('ensurepip')")
    python = programs / "python3.11"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{modules}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    done = install(home, "python3.11", str(programs))
    assert done.returncode == 2
    assert "has no venv module" in done.stderr
    assert "Next: apt install python3.11-venv" in done.stderr
    assert list(home.iterdir()) == []
