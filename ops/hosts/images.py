"""Images on a machine, and what they say of themselves."""

import json
from typing import Any

from ops.hosts.base import Host

DESCRIBE_SECONDS = 180.0


def is_there(host: Host, image: str) -> bool:
    """Say whether an image is on the machine."""
    return host.run(["docker", "image", "inspect", "--format", "{{.Id}}", image], check=False).code == 0


def id_of(host: Host, image: str) -> str:
    """Return the id of an image: the digest of its configuration, and so of all that it is.

    Raises:
        HostError: there is none.
    """
    return host.run(["docker", "image", "inspect", "--format", "{{.Id}}", image]).stdout.strip()


def bytes_of(host: Host, image: str) -> int:
    """Return the bytes of an image on disk."""
    return int(host.run(["docker", "image", "inspect", "--format", "{{.Size}}", image]).stdout)


def release_of(host: Host, image: str) -> str:
    """Return the revision that an image was built of, as its backend tells it in /health/ready."""
    shown = host.run(["docker", "image", "inspect", "--format", "{{json .Config.Env}}", image]).stdout
    variables: dict[str, str] = dict(one.partition("=")[::2] for one in json.loads(shown))
    return variables.get("RELEASE", "")


def describe(host: Host, image: str) -> dict[str, Any]:
    """Return what an image says of itself (`ops.releases.describe`).

    Raises:
        HostError: it is none of ours.
    """
    argv = once_argv(image, "python", "-m", "ops.releases.describe")
    found: dict[str, Any] = json.loads(host.run(argv, timeout=DESCRIBE_SECONDS).stdout)
    return found


def layers(host: Host, *images: str) -> list[tuple[str, ...]]:
    """Return the digests of the layers of images, the lowest first."""
    form = "{{json .RootFS.Layers}}"
    shown = host.run(["docker", "image", "inspect", "--format", form, *images], check=False).stdout
    return [tuple(json.loads(line)) for line in shown.splitlines() if line.startswith("[")]


def layers_to_build_on(host: Host) -> list[tuple[str, ...]]:
    """Return the layers of every image on a machine, where its engine can do with an archive that lacks them."""
    driver = host.run(["docker", "info", "--format", "{{json .DriverStatus}}"]).stdout
    listed = host.run(["docker", "image", "ls", "--quiet", "--no-trunc"]).stdout.split()
    return [] if "containerd" in driver or not listed else layers(host, *dict.fromkeys(listed))


def pull_argv(config: str, image: str) -> list[str]:
    """Return the command that fetches an image with the token in a Docker configuration."""
    return ["docker", "--config", config, "pull", image]


def build_argv(folder: str, target: str, name: str, *, version: str, revision: str) -> list[str]:
    """Return the command that builds one of our images."""
    arguments = ("--build-arg", f"VERSION={version}", "--build-arg", f"REVISION={revision}")
    return ["docker", "build", "--quiet", "--target", target, *arguments, "--tag", name, folder]


def once_argv(image: str, *command: str) -> list[str]:
    """Return the command that runs a program of an image by itself: no network, no settings."""
    program, *arguments = command
    return ["docker", "run", "--rm", "--network", "none", "--entrypoint", program, image, *arguments]
