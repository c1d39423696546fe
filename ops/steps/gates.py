"""Gates: a release passes when it says often enough in a row that it is ready."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ops.errors import HostError, OpsError
from ops.health.probe import Answer
from ops.hosts import docker, images
from ops.steps.base import Evidence
from ops.steps.tools import Tools

PORT = 8000
READY = "/health/ready"
MOST_ERRORS = 0.05
LEAST_REQUESTS = 10

_REQUESTS = re.compile(r"http_requests_total\{(?P<labels>[^}]*)\} (?P<count>\S+)")
_STATUS = re.compile(r'status="(\d+)"')


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests that a backend has answered so far, and those of them with a status of 5xx."""

    requests: float = 0
    errors: float = 0

    def since(self, before: "Traffic") -> "Traffic":
        return Traffic(self.requests - before.requests, self.errors - before.errors)

    @property
    def is_bad(self) -> bool:
        return self.requests >= LEAST_REQUESTS and self.errors / self.requests > MOST_ERRORS


def traffic(metrics: str) -> Traffic:
    """Count what a backend's /metrics says; questions after its health do not count."""
    requests = errors = 0.0
    for found in _REQUESTS.finditer(metrics):
        status = _STATUS.search(found["labels"])
        if 'handler="/health' in found["labels"] or status is None:
            continue
        requests += float(found["count"])
        errors += float(found["count"]) if status[1].startswith("5") else 0
    return Traffic(requests, errors)


def complaint(answer: Answer, revision: str) -> str:
    """Return why an answer is not `ready` from this revision; empty when it is."""
    if answer.status != 200:
        told = "; ".join(map(str, answer.document.get("errors", ()))) or answer.text[:200]
        return f"{answer.status} answer: {told}" if answer.status else told
    release = answer.document.get("release")
    return "" if release == revision else f"the answer comes from release {release}, not {revision}"


def backend_complaint(tools: Tools, service: str, revision: str) -> str:
    """Ask a backend itself; a container that crashed is told of at once by `CrashedError`."""
    container = docker.container(tools.host, service)
    if not container.is_running or container.restarts:
        raise CrashedError("it crashed")
    return complaint(tools.probe(f"http://{container.address}:{PORT}{READY}", ""), revision)


def proxy_complaint(tools: Tools, revision: str) -> str:
    """Ask through the proxy, as a browser on this machine would."""
    return complaint(tools.probe(f"https://127.0.0.1{READY}", tools.domain), revision)


def backend_traffic(tools: Tools, service: str) -> Traffic:
    """Return what a backend has answered so far."""
    address = docker.container(tools.host, service).address
    return traffic(tools.probe(f"http://{address}:{PORT}/metrics", "").text)


class CrashedError(OpsError):
    """There is no use in waiting any longer."""


def wait(tools: Tools, ask: Callable[[], str], passes: int) -> tuple[str, int]:
    """Ask until there was no complaint so many times in a row.

    Returns:
        The last complaint, empty when the gate was passed, and how many questions it took.
    """
    patience, timer = tools.plan.patience, tools.timer
    deadline = timer.monotonic() + patience.timeout
    row = asked = 0
    while True:
        try:
            problem = ask()
        except CrashedError as error:
            return error.message, asked + 1
        except HostError as error:
            problem = error.message
        asked += 1
        row = 0 if problem else row + 1
        if row >= passes:
            return "", asked
        if timer.monotonic() >= deadline:
            return problem or "it was ready, but not often enough in a row", asked
        timer.sleep(patience.interval)


def hold(tools: Tools, gate: str, service: str, ask: Callable[[], str]) -> Evidence:
    """Pass a gate.

    Raises:
        OpsError: it was not passed; the message names it and shows what the service said last.
    """
    problem, asked = wait(tools, ask, tools.plan.patience.passes)
    if problem:
        raise failed(tools, gate, service, problem)
    return {"questions": asked, "passes": tools.plan.patience.passes}


def hold_old(tools: Tools) -> None:
    """Make sure that people reach what served before the release.

    Raises:
        OpsError: they do not.
    """
    service = tools.old_backend
    if service:
        revision = images.release_of(tools.host, docker.container(tools.host, service).image)
        hold(tools, "proxy", service, lambda: proxy_complaint(tools, revision))


def hold_old_backend(tools: Tools) -> None:
    """Make sure that the backend that served before is ready again.

    Raises:
        OpsError: it is not.
    """
    service = tools.old_backend
    revision = images.release_of(tools.host, docker.container(tools.host, service).image)
    hold(tools, "ready", service, lambda: backend_complaint(tools, service, revision))


def failed(tools: Tools, gate: str, service: str, problem: str) -> OpsError:
    """Return the error of a gate, with the service's last words and fate."""
    quoted = "".join(f"\n    {line}" for line in docker.last_words(tools.host, service))
    return OpsError(
        f"Gate {gate}: {service} did not pass: {problem}. {_fate(tools, service)}"
        + (f" Its last lines:{quoted}" if quoted else ""),
        next_command="mend it and deploy again",
    )


def _fate(tools: Tools, service: str) -> str:
    try:
        container = docker.container(tools.host, service)
    except HostError:
        return "Its container is gone."
    codes = docker.exit_codes(tools.host, container.id)
    ended = f"; it ended with exit code {', '.join(dict.fromkeys(codes))}" if codes else ""
    return f"Its container is {container.fate}{ended}."
