"""What a server has and lacks, each with its mend: 2 cores, 4 GB, 50 GB and Ubuntu 22.04+ or Debian 13+ are advised."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ops.server.facts import Facts

GB = 10**9
CORES = 2
MEMORY, LEAST_MEMORY = 3.6 * GB, 1.5 * GB  # "4 GB" as sold, less what its kernel keeps
DISK, LEAST_FREE = 45 * GB, 5 * GB
INODES, LEAST_INODES = 0.15, 0.05
CLOCK, WORST_CLOCK = 2.0, 30.0
DISTRIBUTIONS = {"ubuntu": (22, 4), "debian": (13,)}
COMPOSE = (2, 24)  # the Compose file has optional files of settings
DAYS_WITHOUT_UPDATES = 14
SETUP = "langagent server setup"


class Level(StrEnum):
    """How bad a finding is: `bad` forbids a deploy."""

    OK = "ok"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `mend` says what to do when it is not ok."""

    name: str
    level: Level
    detail: str
    mend: str = ""


def examine(facts: Facts, now: float) -> list[Finding]:
    """Judge a server by its facts; `now` is the time in seconds since 1970."""
    return [
        _system(facts),
        _cores(facts),
        _memory(facts),
        _disk(facts),
        _inodes(facts),
        _clock(facts),
        *_ports(facts),
        _docker(facts),
        _compose(facts),
        _firewall(facts),
        _updates(facts, now),
        _folder(facts),
        _environment(facts),
    ]


def version(text: str) -> tuple[int, ...]:
    """Return the first two numbers of a version, such as (2, 26) of `2.26.1-4`."""
    numbers = [int("".join(filter(str.isdigit, part)) or 0) for part in text.split("-")[0].split(".")[:2]]
    return tuple(numbers)


def _system(facts: Facts) -> Finding:
    if facts.text("system") != "Linux":
        return Finding("System", Level.BAD, facts.text("title"), "use a server with Linux")
    least = DISTRIBUTIONS.get(facts.text("distribution"))
    known = least is not None and version(facts.text("release")) >= least
    return _judged("System", known, facts.text("title"), "Ubuntu 22.04+ and Debian 13+ are what we know to work")


def _cores(facts: Facts) -> Finding:
    cores = facts.number("cores")
    return _judged("Cores", cores >= CORES, str(cores), f"{CORES} are advised")


def _memory(facts: Facts) -> Finding:
    memory, swap = facts.number("memory_kib") * 1024, facts.number("swap_kib") * 1024
    detail = f"{memory / GB:.1f} GB, swap {swap / GB:.1f} GB"
    mend = f"4 GB are advised; with less, `{SETUP}` adds swap"
    if memory < LEAST_MEMORY:
        return Finding("Memory", Level.BAD, detail, mend)
    return _judged("Memory", memory >= MEMORY or swap > 0, detail, mend)


def _disk(facts: Facts) -> Finding:
    size, free = facts.number("disk_kib") * 1024, facts.number("disk_free_kib") * 1024
    detail = f"{size / GB:.0f} GB, {free / GB:.0f} GB free"
    if free < LEAST_FREE:
        return Finding("Disk", Level.BAD, detail, "docker system prune, or a larger disk: 50 GB are advised")
    return _judged("Disk", size >= DISK, detail, "50 GB are advised")


def _inodes(facts: Facts) -> Finding:
    total, free = facts.number("inodes"), facts.number("inodes_free")
    if not total:
        return Finding("Inodes", Level.OK, "without a limit")
    share = free / total
    mend = "docker system prune, or find folders of many files: du --inodes -x / | sort -n | tail"
    if share < LEAST_INODES:
        return Finding("Inodes", Level.BAD, f"{share:.0%} free", mend)
    return _judged("Inodes", share >= INODES, f"{share:.0%} free", mend)


def _clock(facts: Facts) -> Finding:
    off = abs(facts.clock_ahead)
    side = "ahead of" if facts.clock_ahead > 0 else "behind"
    detail = f"{off:.1f} s {side} this machine's" if off else "agrees with this machine's"
    mend = "sudo timedatectl set-ntp true (or correct the clock of this machine)"
    if off > WORST_CLOCK:
        return Finding("Clock", Level.BAD, detail, mend)
    return _judged("Clock", off <= CLOCK, detail, mend)


def _ports(facts: Facts) -> Iterator[Finding]:
    for port in (80, 443):
        holder = facts.text(f"port_{port}")
        if holder in ("", "docker-proxy"):
            yield Finding(f"Port {port}", Level.OK, "held by Docker" if holder else "free")
        else:
            yield Finding(f"Port {port}", Level.BAD, f"taken by {holder}", f"sudo systemctl disable --now {holder}")


def _docker(facts: Facts) -> Finding:
    if not facts.holds("docker_installed"):
        return Finding("Docker", Level.BAD, "not installed", SETUP)
    if facts.holds("docker_allowed"):
        return Finding("Docker", Level.OK, facts.text("docker"))
    if facts.holds("docker_runs"):
        return Finding("Docker", Level.BAD, f"{facts.text('user')} may not use it", SETUP)
    return Finding("Docker", Level.BAD, "its engine does not answer", "sudo systemctl restart docker")


def _compose(facts: Facts) -> Finding:
    found = facts.text("compose")
    least = ".".join(map(str, COMPOSE))
    if found and version(found) >= COMPOSE:
        return Finding("Compose", Level.OK, found)
    return Finding("Compose", Level.BAD, found or "not installed", f"{SETUP} ({least} or later is needed)")


def _firewall(facts: Facts) -> Finding:
    active = facts.text("firewall") == "active"
    detail = f"active, open: {facts.text('firewall_ports')}" if active else facts.text("firewall") or "not installed"
    return _judged("Firewall", active, detail, f"{SETUP}, or the firewall of your provider: 22, 80 and 443 in")


def _updates(facts: Facts, now: float) -> Finding:
    if facts.holds("reboot_required"):
        return Finding("Updates", Level.WARNING, "installed, but a restart is due", "sudo reboot, at a quiet hour")
    days = int((now - facts.number("updated")) // 86400) if facts.number("updated") else None
    detail = "package lists never fetched" if days is None else f"package lists fetched {days} days ago"
    automatic = facts.number("upgrades") > 0
    recent = days is not None and days <= DAYS_WITHOUT_UPDATES
    detail += ", security updates automatic" if automatic else ", security updates by hand"
    return _judged("Updates", recent and automatic, detail, f"sudo apt-get update && sudo apt-get upgrade; {SETUP}")


def _folder(facts: Facts) -> Finding:
    owner = facts.text("folder_owner")
    if facts.holds("folder_writable"):
        return Finding("Folder", Level.OK, f"of {owner}")
    return Finding("Folder", Level.BAD, f"of {owner}, not writable" if owner else "missing", SETUP)


def _environment(facts: Facts) -> Finding:
    mode = facts.text("env_mode")
    if not mode:
        return Finding(".env", Level.WARNING, "missing", "langagent env init")
    if int(mode, 8) & 0o077:
        return Finding(".env", Level.BAD, f"mode {mode}", "chmod 600 .env")
    return Finding(".env", Level.OK, f"mode {mode}")


def _judged(name: str, well: bool, detail: str, mend: str) -> Finding:
    return Finding(name, Level.OK if well else Level.WARNING, detail, "" if well else mend)
