"""`python -m benchmarks.newcomer`: cold package caches first, then warm ones; one table of where the time went."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.newcomer.learner import Learner

REPOSITORY = Path(__file__).parents[2]
BUDGETS = {"cold": 60.0, "warm": 30.0}
PATIENCE = 180.0
STAGES = {
    "Making .venv": "venv",
    "Installing uv": "uv",
    "Installing the packages": "Python packages",
    "Starting PostgreSQL": "databases",
    "Applying migrations": "migrations",
    "Applied ": "app start",
}
APP_READY = "app ready"
ALL_READY = "Everything runs"


class Stopwatch:
    """Seconds since the beginning, by the name of the stage that ended then."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.stages: dict[str, float] = {}
        self._last = self.began

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self._last
        self._last = now

    @property
    def total(self) -> float:
        return self._last - self.began


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(caches: Path, port: int) -> dict[str, str]:
    """Return a newcomer's environment: nothing of this checkout's, caches of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    return kept | {
        "UV_CACHE_DIR": str(caches / "uv"),
        "PIP_CACHE_DIR": str(caches / "pip"),
        "npm_config_cache": str(caches / "npm"),
        "LANGAGENT_DEV_UP_PORT": str(port),
        "LANGAGENT_DEV_UP_WEB_PORT": str(free_port()),
        "LANGAGENT_DEV_UP_TELEGRAM_PORT": str(free_port()),
    }


def follow_until(process: "subprocess.Popen[str]", marker: str, watch: Stopwatch, stage: str) -> None:
    """Read what `make up` says, with a lap at each stage it begins."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith(marker):
            watch.lap(stage)
            return
        for beginning, name in STAGES.items():
            if line.startswith(beginning):
                watch.lap(stage)
                stage = name
    raise SystemExit(f"`make up` ended early:\n{''.join(said[-40:])}")


def study(url: str, watch: Stopwatch) -> None:
    learner = Learner(url)
    learner.sign_in()
    watch.lap("sign-in")
    learner.choose_spanish()
    deck = learner.take_starter_deck()
    watch.lap("profile and starter deck")
    learner.rate_first_card(deck)
    watch.lap("first rated card")


def measure(folder: Path, caches: Path) -> tuple[Stopwatch, float]:
    """Walk the whole way in a new clone; return the laps, and when the browser client was ready, too."""
    port = free_port()
    watch = Stopwatch()
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(folder)], check=True)
    watch.lap("git clone")
    with make_up(folder, environment(caches, port)) as process:
        alarm = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGINT))
        alarm.start()
        try:
            follow_until(process, APP_READY, watch, "make")
            study(f"http://127.0.0.1:{port}", watch)
            after = Stopwatch()
            follow_until(process, ALL_READY, after, "client")
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.communicate(timeout=60)
            alarm.cancel()
    return watch, watch.total + after.total


def make_up(folder: Path, env: Mapping[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        ["make", "up"],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def show(rounds: Mapping[str, tuple[Stopwatch, float]]) -> None:
    stages = dict.fromkeys(stage for watch, _ in rounds.values() for stage in watch.stages)
    print(f"{'seconds':<28}" + "".join(f"{name:>10}" for name in rounds))
    for stage in stages:
        print(f"{stage:<28}" + "".join(f"{watch.stages.get(stage, 0.0):>10.1f}" for watch, _ in rounds.values()))
    print(f"{'clone to first rated card':<28}" + "".join(f"{watch.total:>10.1f}" for watch, _ in rounds.values()))
    print(f"{'budget':<28}" + "".join(f"{BUDGETS[name]:>10.1f}" for name in rounds))
    print(f"{'browser client ready':<28}" + "".join(f"{ready:>10.1f}" for _, ready in rounds.values()))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="langagent newcomer ") as name:
        folder = Path(name)
        rounds = {name: measure(folder / name, folder / "caches") for name in BUDGETS}
    show(rounds)
    return int(any(watch.total > BUDGETS[name] for name, (watch, _) in rounds.items()))


if __name__ == "__main__":
    sys.exit(main())
