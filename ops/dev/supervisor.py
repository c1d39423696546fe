"""Keeps services running: starts them, relays their output, restarts those that die, stops them all."""

import http.client
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from ops.dev.services import HOST, Service
from ops.embedded.child import spawn
from ops.events import Event

TICK_SECONDS = 0.1
STOP_SECONDS = 10.0
LONGEST_PAUSE = 30.0
LINES_SHOWN = 12
STEADY_SECONDS = 10.0
SETTLED_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Line:
    service: str
    text: str


class _Stop:
    """Someone asked for the end."""


class Child:
    """A service's process, one after another."""

    def __init__(self, service: Service, environment: Mapping[str, str], log: Path) -> None:
        self.service = service
        self.environment = environment
        self.log = log
        self.tail: deque[str] = deque(maxlen=LINES_SHOWN)
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.failures = 0
        self.restart_at = 0.0
        self.ready = False

    def start(self, inbox: "SimpleQueue[_Line | _Stop]") -> None:
        self.started = time.monotonic()
        self.ready = False
        self.tail.clear()
        self.process = spawn(
            self.service.argv,
            env={**os.environ, **self.environment, **self.service.env},
            cwd=self.service.cwd,
            output=subprocess.PIPE,
        )
        threading.Thread(target=self._relay, args=(self.process, inbox), daemon=True).start()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and all that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def has_ended(self) -> int | None:
        """Return the exit code of a process that has ended, once."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.signal(signal.SIGKILL)
        self.process = None
        return code

    def serves(self) -> bool:
        """Say whether the service is ready; one without a port is, once it has lived for a moment."""
        if self.service.port is None:
            return time.monotonic() - self.started > SETTLED_SECONDS
        return answers(self.service.port, self.service.path)

    def next_pause(self) -> float:
        """Return how long to wait before the next start: longer for each quick failure in a row."""
        steady = time.monotonic() - self.started > STEADY_SECONDS
        self.failures = 1 if steady else self.failures + 1
        return pause_after(self.failures)

    def _relay(self, process: subprocess.Popen[bytes], inbox: "SimpleQueue[_Line | _Stop]") -> None:
        assert process.stdout is not None
        with process.stdout, self.log.open("ab") as log:
            for raw in process.stdout:
                log.write(raw)
                log.flush()
                text = raw.decode(errors="replace").rstrip()
                self.tail.append(text)
                inbox.put(_Line(self.service.name, text))


def pause_after(failures: int) -> float:
    """Return the seconds between the nth quick failure in a row and the next start."""
    return min(2.0 ** (failures - 1), LONGEST_PAUSE)


def answers(port: int, path: str) -> bool:
    """Say whether a server answers 200 on the path, or takes connections when the path is empty."""
    try:
        with closing(http.client.HTTPConnection(HOST, port, timeout=2)) as connection:
            connection.connect()
            if not path:
                return True
            connection.request("GET", path)
            return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


class Supervisor:
    """Runs in the thread that made it: the children live no longer than that thread."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self.logs = logs
        self.environment = environment
        self.children: dict[str, Child] = {}
        self._inbox: SimpleQueue[_Line | _Stop] = SimpleQueue()

    def add(self, service: Service) -> None:
        """Start a service, now or after the one it waits for, and keep it running."""
        child = Child(service, self.environment, self.logs / f"{service.name}.log")
        self.children[service.name] = child
        if not service.after:
            child.start(self._inbox)

    def ask_to_stop(self) -> None:
        """End `run()`; may be called from a signal handler."""
        self._inbox.put(_Stop())

    @property
    def pids(self) -> dict[str, int]:
        return {name: child.process.pid for name, child in self.children.items() if child.process}

    @property
    def all_ready(self) -> bool:
        return all(child.ready for child in self.children.values())

    def run(self, check: Callable[[], None]) -> Iterator[Event]:
        """Yield what happens until someone asks to stop; `check` is called all along and ends it by raising."""
        looked = 0.0
        while True:
            message = self._next()
            if isinstance(message, _Stop):
                return
            if message is not None:
                yield Event("log", message.text, {"service": message.service})
            if time.monotonic() - looked >= TICK_SECONDS:
                check()
                for child in self.children.values():
                    yield from self._look_after(child)
                looked = time.monotonic()

    def _next(self) -> _Line | _Stop | None:
        try:
            return self._inbox.get(timeout=TICK_SECONDS)
        except Empty:
            return None

    def _look_after(self, child: Child) -> Iterator[Event]:
        code = child.has_ended()
        if code is not None:
            yield self._bury(child, code)
        elif child.process is None and not child.started:
            if self.children[child.service.after].ready:
                child.start(self._inbox)
        elif child.process is None:
            if time.monotonic() >= child.restart_at:
                child.start(self._inbox)
                yield _told(child, "started", "started again")
        elif not child.ready and child.serves():
            child.ready = True
            yield _told(child, "ready", f"ready after {time.monotonic() - child.started:.1f} s")

    def _bury(self, child: Child, code: int) -> Event:
        pause = child.next_pause()
        child.restart_at = time.monotonic() + pause
        last_lines = "\n".join(f"    {line}" for line in child.tail)
        return Event(
            "warning",
            f"{child.service.name} ended ({_reason(code)}); it is started again in {pause:.0f} s. "
            f"Its last lines (all: {child.log}):\n{last_lines}",
            {"service": child.service.name, "state": "ended", "exit_code": code},
        )

    def stop(self) -> None:
        """End every child: asked first, killed after `STOP_SECONDS`."""
        for child in reversed(self.children.values()):
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, deadline - time.monotonic()))
                child.signal(signal.SIGKILL)
                child.process.wait()


def _told(child: Child, state: str, words: str) -> Event:
    name = child.service.name
    return Event("service", f"{name} {words}", {"service": name, "state": state})


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
