"""Where things lie on a server."""

from dataclasses import dataclass

ROOT = "/var/app"
PROJECT = "langagent"


@dataclass(frozen=True, slots=True)
class Folder:
    """One release: its bundle, what the executor reads, and what it writes."""

    path: str

    @property
    def bundle(self) -> str:
        return f"{self.path}/bundle"

    @property
    def compose_file(self) -> str:
        return f"{self.bundle}/docker-compose.yml"

    @property
    def images_env(self) -> str:
        return f"{self.path}/images.env"

    @property
    def release(self) -> str:
        return f"{self.path}/release.json"

    @property
    def plan(self) -> str:
        return f"{self.path}/plan.json"

    @property
    def journal(self) -> str:
        return f"{self.path}/journal.jsonl"

    @property
    def outcome(self) -> str:
        return f"{self.path}/outcome.json"

    @property
    def registry(self) -> str:
        """The Docker configuration that holds the registry's token until the images are here."""
        return f"{self.path}/registry"


@dataclass(frozen=True, slots=True)
class Layout:
    """The product's folder on a server."""

    root: str = ROOT

    @property
    def env_file(self) -> str:
        return f"{self.root}/.env"

    @property
    def lock(self) -> str:
        return f"{self.root}/lock"

    @property
    def current(self) -> str:
        return f"{self.root}/current"

    @property
    def releases(self) -> str:
        return f"{self.root}/releases"

    @property
    def proxy(self) -> str:
        return f"{self.root}/proxy"

    def release(self, release_id: str) -> Folder:
        return Folder(f"{self.releases}/{release_id}")
