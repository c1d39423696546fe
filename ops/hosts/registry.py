"""What a registry says of an image, asked from the machine that will pull it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ops.errors import PreflightError
from ops.hosts.base import Host

DEFAULT = "docker.io"
TIMEOUT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer's short id as `docker pull` shows it, and its compressed bytes."""

    id: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """An image in a registry."""

    reference: str
    digest: str
    layers: tuple[Layer, ...]

    @property
    def size(self) -> int:
        return sum(layer.size for layer in self.layers)

    @property
    def pinned(self) -> str:
        """The image by digest: the same bytes for ever."""
        return f"{repository(self.reference)}@{self.digest}"


def repository(reference: str) -> str:
    """Return an image's name without tag and digest."""
    name = reference.partition("@")[0]
    head, slash, last = name.rpartition("/")
    return head + slash + last.partition(":")[0]


def registry_of(reference: str) -> str:
    """Return the host of an image's registry (distribution's reference grammar: a dot, a colon, or `localhost`)."""
    first, slash, _ = reference.partition("/")
    return first if slash and ("." in first or ":" in first or first == "localhost") else DEFAULT


def login_argv(config: str, registry: str, user: str) -> list[str]:
    """Return the command that logs in with the token on its standard input."""
    return ["docker", "--config", config, "login", registry, "--username", user, "--password-stdin"]


def manifest_argv(config: str, reference: str, *, insecure: bool) -> list[str]:
    """Return the command that shows an image's manifest; `insecure` where the engine allows plain HTTP."""
    return [
        *("docker", "--config", config, "manifest", "inspect", "--verbose"),
        *(("--insecure",) if insecure else ()),
        reference,
    ]


def find(host: Host, config: str, reference: str, architecture: str) -> Manifest:
    """Ask for an image.

    Args:
        config: Folder of the Docker configuration with the registry's token.
        architecture: Of the machine, as Docker names it, such as `amd64`.

    Raises:
        PreflightError: there is none, none for this machine, or the registry cannot be asked.
    """
    argv = manifest_argv(config, reference, insecure=_is_insecure(host, registry_of(reference)))
    done = host.run(argv, timeout=TIMEOUT_SECONDS, check=False)
    if done.code:
        raise PreflightError(
            f"{reference} is not to be had: {done.stderr.strip()}.",
            state="Nothing was changed.",
            next_command="langagent deploy --build, or push the image and check GHCR_USERNAME and GHCR_TOKEN",
        )
    return parse(reference, json.loads(done.stdout), architecture)


def parse(reference: str, document: Any, architecture: str) -> Manifest:
    """Read one manifest, or that of the machine's architecture from a list.

    Raises:
        PreflightError: there is none for the architecture.
    """
    for one in document if isinstance(document, list) else [document]:
        platform = one["Descriptor"].get("platform", {})
        if platform.get("architecture") == architecture:
            return Manifest(reference, one["Descriptor"]["digest"], tuple(_layers(one)))
    raise PreflightError(f"{reference} is not built for {architecture}.", state="Nothing was changed.")


def _layers(document: Mapping[str, Any]) -> list[Layer]:
    manifest = document.get("SchemaV2Manifest") or document.get("OCIManifest") or {}
    return [Layer(layer["digest"].partition(":")[2][:12], layer["size"]) for layer in manifest.get("layers", [])]


def _is_insecure(host: Host, registry: str) -> bool:
    form = "{{json .RegistryConfig.IndexConfigs}}"
    known = json.loads(host.run(["docker", "info", "--format", form]).stdout)
    return not known.get(registry, {}).get("Secure", True)
