"""What must be true of a server before it is touched: pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ops.errors import PreflightError
from ops.plan.facts import Facts

UNPACKED = 3  # bytes on disk for each compressed byte of an image, rounded up
RESERVE = 1.2
LEAST_FREE_BYTES = 500_000_000
LEAST_FREE_INODES = 50_000
LEAST_COMPOSE = (2, 24)  # optional files of settings
MOST_SKEW_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check: whether it holds, what was found, and the mend."""

    check: str
    result: Literal["ok", "warning", "refused"]
    message: str
    mend: str = ""


def judge(facts: Facts, image_bytes: int, host_option: str) -> list[Verdict]:
    """Judge a server for an image of so many compressed bytes; `host_option` names it in a next command."""
    return [
        *_docker(facts, host_option),
        *_folder(facts, host_option),
        *_environment(facts, host_option),
        _disk(facts, image_bytes),
        _inodes(facts),
        _clock(facts),
        _domain(facts),
        *_ledger(facts),
    ]


def refuse(verdicts: list[Verdict]) -> None:
    """Raise with everything that forbids to go on.

    Raises:
        PreflightError: something does.
    """
    refused = [verdict for verdict in verdicts if verdict.result == "refused"]
    if refused:
        raise PreflightError(
            "The server is not ready: " + "; ".join(verdict.message for verdict in refused) + ".",
            state="Nothing was changed.",
            next_command=next((verdict.mend for verdict in refused if verdict.mend), ""),
        )


def _docker(facts: Facts, host_option: str) -> Iterator[Verdict]:
    setup = f"langagent server setup{host_option}"
    if not facts.docker:
        yield Verdict("docker", "refused", "Docker is not there, does not run, or is not ours to use", setup)
    elif not facts.compose:
        yield Verdict("compose", "refused", "Docker has no `compose`", setup)
    elif _numbers(facts.compose) < LEAST_COMPOSE:
        yield Verdict("compose", "refused", f"Docker Compose {facts.compose} is older than 2.24", setup)
    else:
        yield Verdict("docker", "ok", f"Docker {facts.docker}, Compose {facts.compose}")


def _folder(facts: Facts, host_option: str) -> Iterator[Verdict]:
    if not facts.writable:
        mend = f"langagent server setup{host_option}"
        yield Verdict("folder", "refused", "the product's folder is not there, or not ours to write", mend)


def _environment(facts: Facts, host_option: str) -> Iterator[Verdict]:
    mend = f"langagent env check{host_option}"
    for problem in facts.env_problems:
        yield Verdict("env", "refused", f".env: {problem}", mend)
    for warning in facts.env_warnings:
        yield Verdict("env", "warning", f".env: {warning}")
    if not facts.env_problems:
        yield Verdict("env", "ok", ".env is complete")


def _disk(facts: Facts, image_bytes: int) -> Verdict:
    needed = max(round(image_bytes * UNPACKED * RESERVE), LEAST_FREE_BYTES)
    told = f"{facts.free_bytes / 1e9:.1f} GB free in {facts.disk}"
    if facts.free_bytes < needed:
        mend = "docker image prune --all (on the server), or a larger disk"
        return Verdict("disk", "refused", f"{told}, {needed / 1e9:.1f} GB are needed", mend)
    return Verdict("disk", "ok", told)


def _inodes(facts: Facts) -> Verdict:
    told = f"{facts.free_inodes} inodes free in {facts.disk}"
    if facts.free_inodes < LEAST_FREE_INODES:
        return Verdict("inodes", "refused", f"{told}, {LEAST_FREE_INODES} are needed", "docker system prune")
    return Verdict("inodes", "ok", told)


def _clock(facts: Facts) -> Verdict:
    told = f"its clock is {abs(facts.skew):.0f} s {'ahead of' if facts.skew > 0 else 'behind'} this machine's"
    if abs(facts.skew) > MOST_SKEW_SECONDS:
        return Verdict("clock", "refused", told, "sudo timedatectl set-ntp true (where the clock is wrong)")
    return Verdict("clock", "ok", told)


def _domain(facts: Facts) -> Verdict:
    if facts.domain and not facts.addresses:
        return Verdict("domain", "warning", f"{facts.domain} does not resolve yet: no certificate can be had for it")
    return Verdict("domain", "ok", f"{facts.domain or 'no domain'} is at {', '.join(facts.addresses) or 'no address'}")


def _ledger(facts: Facts) -> Iterator[Verdict]:
    for name in facts.ledger.skipped:
        yield Verdict("ledger", "warning", f"releases/{name} cannot be read and was skipped")


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.lstrip("v").split("-")[0].split("+")[0].split(".")
    return tuple(int(part) for part in parts if part.isdigit())
