"""Where a client is published: a folder that a server gives out, or a bucket behind a CDN."""

from pathlib import Path
from typing import Protocol

from ops.errors import OpsError
from ops.hosts.local import LocalHost


class SiteError(OpsError):
    """A site did not take a file; pages that were published before go on working."""


class Site(Protocol):
    """A set of files by path. Every method raises SiteError when it cannot be done."""

    @property
    def name(self) -> str:
        """What people call it."""

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the bytes of every file in a folder, by path."""

    def read(self, path: str) -> bytes | None:
        """Return a file; None when there is none."""

    def put(self, path: str, content: bytes, *, cache: str) -> None:
        """Put a file in place whole or not at all; `cache` is its Cache-Control where the site itself answers."""

    def delete(self, path: str) -> None:
        """Remove a file; one that is gone already is fine."""

    def refresh(self, pages: list[str]) -> None:
        """Have caches in front of the site drop their copies of these pages."""


class FolderSite:
    """A folder; who serves it sets the headers."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self._host = LocalHost()

    @property
    def name(self) -> str:
        return str(self.root)

    def sizes(self, folder: str) -> dict[str, int]:
        files = (path for path in (self.root / folder).glob("*") if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(self.root).as_posix(): path.stat().st_size for path in files}

    def read(self, path: str) -> bytes | None:
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, path: str, content: bytes, *, cache: str) -> None:  # noqa: ARG002 - a folder has no headers
        try:
            self._host.write(str(self.root / path), content)
        except OSError as error:
            raise SiteError(
                f"{self.root / path} cannot be written: {error.strerror}.",
                state="What was published before is untouched.",
                next_command=f"ls -ld '{self.root}'; df -h '{self.root}'",
            ) from error

    def delete(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    def refresh(self, pages: list[str]) -> None:
        """Nothing stands before a folder."""
