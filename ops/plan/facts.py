"""What is found on a server before anything is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ops.hosts.docker import Container
from ops.hosts.registry import Manifest
from ops.releases.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Images:
    """The two images of a release, as they will be run: by digest, or by id if they were built here."""

    backend: str
    ops: str
    manifests: tuple[Manifest, ...] = ()

    @property
    def layers(self) -> dict[str, int]:
        """Compressed bytes by layer; what the two share counts once."""
        return {layer.id: layer.size for manifest in self.manifests for layer in manifest.layers}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A server as it is.

    Attributes:
        docker, compose: versions; empty when there is none or it does not answer.
        disk: the folder of Docker's data; `free_bytes` and `free_inodes` are of its file system.
        skew: seconds that the server's clock is ahead of ours.
        env_problems: what forbids the use of its `.env`.
        addresses: of the domain, as the server resolves it.
        live: the backend that the proxy points at.
        holder: who holds the lock, in words; empty when it is free.
    """

    now: datetime
    docker: str = ""
    compose: str = ""
    architecture: str = "amd64"
    writable: bool = True
    disk: str = ""
    free_bytes: int = 0
    free_inodes: int = 0
    skew: float = 0.0
    env_problems: tuple[str, ...] = ()
    env_warnings: tuple[str, ...] = ()
    domain: str = ""
    addresses: tuple[str, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    containers: Mapping[str, Container] = field(default_factory=dict)
    live: str = ""
    holder: str = ""
    executors: Mapping[str, str] = field(default_factory=dict)
