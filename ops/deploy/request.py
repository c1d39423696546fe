"""What somebody asks for."""

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from getpass import getuser

from langagent.settings import Secret
from ops.deploy.facts import env_values
from ops.errors import ConfigurationError
from ops.hosts.base import Host
from ops.hosts.registry import repository
from ops.plan.models import Patience
from ops.releases.layout import ROOT, Layout

_TAG = re.compile(r"(?P<tag>\w[\w.-]{0,80})(@(?P<digest>sha256:[0-9a-f]{64}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Version:
    """A tag, and the digest that it must have, if that was said."""

    tag: str
    digest: str = ""

    def reference(self, image: str, suffix: str = "") -> str:
        """Return the image to ask the registry for; only the backend's own digest is known."""
        digest = f"@{self.digest}" if self.digest and not suffix else ""
        return f"{repository(image)}:{self.tag}{suffix}{digest}"


@dataclass(frozen=True, slots=True)
class Login:
    """Who a registry knows us as."""

    user: str = ""
    token: Secret = Secret("")

    def __bool__(self) -> bool:
        return bool(self.user and self.token.reveal())


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A deploy as it was asked for.

    Attributes:
        image: the image's name; empty means the one in the server's `.env`.
        host_option: how this command named the server, to be repeated in a next command.
    """

    version: Version
    who: str
    command: str
    root: str = ROOT
    image: str = ""
    login: Login = Login()
    backup: bool = True
    build: bool = False
    patience: Patience = field(default_factory=Patience)
    host_option: str = ""


def parse_version(text: str) -> Version:
    """Read `TAG` or `TAG@sha256:DIGEST`.

    Raises:
        ConfigurationError: it is neither.
    """
    match = _TAG.fullmatch(text)
    if not match:
        raise ConfigurationError(
            f"{text!r} is neither TAG nor TAG@sha256:DIGEST.",
            state="Nothing was changed.",
            next_command="langagent deploy v1",
        )
    return Version(match["tag"], match["digest"] or "")


def asked_version(text: str, host: Host, layout: Layout, *, build: bool) -> Version:
    """Return the version that was asked for: of the server's `.env`, or named after what it is, if none was.

    Raises:
        ConfigurationError: it is neither `TAG` nor `TAG@sha256:DIGEST`.
    """
    default = "built" if build else env_values(host, layout).get("BACKEND_IMAGE_TAG", "latest")
    return parse_version(text or default)


def who(environ: Mapping[str, str]) -> str:
    """Return who asks: the CI's actor, or the user at this machine."""
    if actor := environ.get("GITHUB_ACTOR"):
        return f"{actor} (CI)"
    try:
        return f"{getuser()}@{socket.gethostname()}"
    except (OSError, KeyError):  # a container may run as a user without a name
        return f"user {os.getuid()}@{socket.gethostname()}"
