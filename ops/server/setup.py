"""Make a bare host ready: what has to change is worked out first, as data, then done in that order."""

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ops.errors import HostError, PreflightError
from ops.events import Event
from ops.hosts.base import Host
from ops.server.checks import COMPOSE, MEMORY, version
from ops.server.facts import Facts

PACKAGES = {
    "ubuntu": ("docker.io", "docker-compose-v2", "docker-buildx"),
    "debian": ("docker.io", "docker-cli", "docker-compose", "docker-buildx"),
}
WEB_PORTS = ("80/tcp", "443/tcp")
SWAP_GIB = 2
CHANGE_SECONDS = 900.0
_APT = "DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
_WAIT = """
for _ in $(seq 120); do docker info >/dev/null 2>&1 && break; sleep 0.5; done
docker info >/dev/null
chgrp docker /var/run/docker.sock
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to make so: `script` runs as root; without one it is not done, and `what` says why."""

    name: str
    what: str
    script: str = ""

    @property
    def is_skipped(self) -> bool:
        return not self.script


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who deploys, and into which folder."""

    user: str
    folder: str


def plan(facts: Facts, wanted: Wanted) -> list[Change]:
    """Return what has to change, in order; nothing when the server is ready.

    Raises:
        PreflightError: this server cannot be set up by us; nothing was changed.
    """
    _refuse(facts)
    return [
        *_docker(facts),
        *_engine(facts),
        *_user(facts, wanted),
        *_folder(facts, wanted),
        *_firewall(facts),
        *_upgrades(facts),
        *_swap(facts),
    ]


def apply(host: Host, changes: list[Change], tell: Callable[[Event], None]) -> None:
    """Make the changes; those before a failing one stay, and the same command goes on from there.

    Raises:
        HostError: a change failed.
    """
    for change in changes:
        if change.is_skipped:
            tell(Event("warning", f"{change.name}: {change.what}"))
            continue
        tell(Event("change", f"{change.name}: {change.what}"))
        try:
            host.run(_as_root(host), stdin=f"set -e\n{change.script}\n".encode(), timeout=CHANGE_SECONDS)
        except HostError as error:
            raise HostError(
                f"{change.name} failed: {error.message}",
                state="What came before it is done.",
                next_command="langagent server setup (goes on from there)",
            ) from error


def verify(facts: Facts, wanted: Wanted) -> None:
    """Hold a server to what was made of it.

    Raises:
        HostError: something still has to change.
    """
    left = [change for change in plan(facts, wanted) if not change.is_skipped]
    if left:
        what = "; ".join(f"{change.name}: {change.what}" for change in left)
        raise HostError(f"The server is still not ready: {what}.", next_command="langagent server check")


def _as_root(host: Host) -> list[str]:
    is_root = host.run(["id", "-u"]).stdout.strip() == "0"
    return ["sh", "-s"] if is_root else ["sudo", "-n", "sh", "-s"]


def _refuse(facts: Facts) -> None:
    if not facts.holds("root"):
        raise PreflightError(
            f"{facts.text('user')} is not root there and may not become it without a password.",
            state="Nothing was changed.",
            next_command="langagent server setup --user root",
        )
    if not facts.holds("apt") and not _has_compose(facts):
        raise PreflightError(
            f"{facts.text('title')} has no apt, and Docker with Compose is missing.",
            state="Nothing was changed.",
            next_command="install Docker and Compose by the distribution's own means, then the same command",
        )


def _docker(facts: Facts) -> Iterator[Change]:
    if _has_compose(facts):
        return
    packages = PACKAGES.get(facts.text("distribution"), PACKAGES["debian"])
    install = f"{_APT} update\n{_APT} install -y --no-install-recommends {' '.join(packages)} >/dev/null"
    yield Change("Docker", f"install {', '.join(packages)} of the distribution", install)


def _engine(facts: Facts) -> Iterator[Change]:
    if facts.holds("docker_runs") and facts.text("docker_group") == "docker":
        return
    if facts.holds("systemd"):
        yield Change("Engine", "runs, now and at boot, for the group docker", f"systemctl enable --now docker{_WAIT}")
    else:
        yield Change("Engine", "runs, for the group docker; without systemd, whatever plays init starts it", _WAIT)


def _user(facts: Facts, wanted: Wanted) -> Iterator[Change]:
    user = shlex.quote(wanted.user)
    allowed = facts.has("deployer_groups", "docker") or wanted.user == "root"
    if facts.text("user") == wanted.user and not allowed:
        yield Change("User", f"{wanted.user} may use Docker", f"usermod -aG docker {user}")
    if facts.text("user") == wanted.user or (allowed and facts.holds("deployer_opens")):
        return
    yield Change(
        "User",
        f"{wanted.user} exists, may use Docker and has the SSH keys of {facts.text('user')}",
        f"""
id {user} >/dev/null 2>&1 || useradd --create-home --shell /bin/bash {user}
usermod -aG docker {user}
home=$(getent passwd {user} | cut -d: -f6)
keys=$(getent passwd {shlex.quote(facts.text("user"))} | cut -d: -f6)/.ssh/authorized_keys
install -d -m 0700 -o {user} "$home/.ssh"
touch "$home/.ssh/authorized_keys"
[ ! -f "$keys" ] || sort -u "$keys" "$home/.ssh/authorized_keys" -o "$home/.ssh/authorized_keys"
chown {user} "$home/.ssh/authorized_keys"
chmod 0600 "$home/.ssh/authorized_keys"
""",
    )


def _folder(facts: Facts, wanted: Wanted) -> Iterator[Change]:
    if facts.text("folder_owner") != wanted.user:
        folder, user = shlex.quote(wanted.folder), shlex.quote(wanted.user)
        yield Change("Folder", f"{wanted.folder} of {wanted.user}", f"install -d -m 0750 -o {user} {folder}")


def _firewall(facts: Facts) -> Iterator[Change]:
    ports = [f"{facts.number('ssh_port') or 22}/tcp", *WEB_PORTS]
    closed = [port for port in ports if not facts.has("firewall_ports", port)]
    if facts.text("firewall") == "active" and not closed:
        return
    if facts.holds("container"):
        yield Change("Firewall", "skipped: this host is a container, its firewall is that of the machine around it")
    elif not facts.holds("apt"):
        yield Change("Firewall", f"skipped: there is no apt to install ufw with; open {', '.join(ports)} only")
    else:
        allow = "\n".join(f"ufw allow {port} >/dev/null" for port in ports)
        install = "command -v ufw >/dev/null || " + f"{_APT} install -y --no-install-recommends ufw >/dev/null"
        yield Change("Firewall", f"on, open: {', '.join(ports)}", f"{install}\n{allow}\nufw --force enable >/dev/null")


def _upgrades(facts: Facts) -> Iterator[Change]:
    if facts.number("upgrades"):
        return
    if not facts.holds("systemd") or not facts.holds("apt"):
        yield Change("Updates", "skipped: without systemd and apt nothing would run unattended upgrades")
        return
    yield Change(
        "Updates",
        "install security updates unattended, every day",
        f"""
{_APT} install -y --no-install-recommends unattended-upgrades >/dev/null
printf '%s\\n' 'APT::Periodic::Update-Package-Lists "1";' 'APT::Periodic::Unattended-Upgrade "1";' \\
    >/etc/apt/apt.conf.d/20auto-upgrades
""",
    )


def _swap(facts: Facts) -> Iterator[Change]:
    if facts.number("swap_kib") or facts.number("memory_kib") * 1024 >= MEMORY:
        return
    if facts.holds("container"):
        yield Change("Swap", "skipped: this host is a container, its swap is that of the machine around it")
        return
    yield Change(
        "Swap",
        f"a file of {SWAP_GIB} GiB, now and at boot",
        f"""
[ -e /swapfile ] || {{ fallocate -l {SWAP_GIB}G /swapfile.new; chmod 0600 /swapfile.new
    mkswap /swapfile.new >/dev/null; mv /swapfile.new /swapfile; }}
swapon /swapfile
grep -q '^/swapfile ' /etc/fstab || echo '/swapfile none swap sw 0 0' >>/etc/fstab
""",
    )


def _has_compose(facts: Facts) -> bool:
    return facts.holds("docker_installed") and version(facts.text("compose") or "0") >= COMPOSE
