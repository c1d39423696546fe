"""Those who answer the same updates: ours, and each peer in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.study.processes import free_port, serving, uvicorn
from ops.embedded.child import spawn

PEERS: Final = Path(__file__).parent / "peers"
OURS: Final = "langagent"
FRAMEWORKS: Final = {"aiogram 3": "aiogram_bot.py", "python-telegram-bot": "ptb_bot.py"}
TELEBOT: Final = "AsyncTeleBot"


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot that listens on a port, with the processes that are its own."""

    name: str
    pids: tuple[int, ...]
    port: int


def peers_python(folder: Path) -> str:
    """Make an environment for the frameworks, which cap packages that we need newer, and return its Python.

    Raises: CalledProcessError when a package cannot be had.
    """
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    python = str(folder / "bin/python")
    wanted = PEERS / "requirements.txt"
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, "-r", wanted], check=True)
    return python


@contextmanager
def ours(environment: Mapping[str, str], log: Path) -> Iterator[Contender]:
    """The product's web process and its worker."""
    with (
        uvicorn("langagent.app:create_app", environment, log, "/health/live") as (web, port),
        worker("benchmarks.intake.worker", environment, log) as process,
    ):
        yield Contender(OURS, (web, process.pid), port)


@contextmanager
def worker(
    module: str, environment: Mapping[str, str], log: Path, *options: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker of ours as a process."""
    with log.open("ab") as output:
        process = spawn([sys.executable, "-m", module, *options], env={**os.environ, **environment}, output=output)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def peer(name: str, python: str, script: str, environment: Mapping[str, str], log: Path) -> Iterator[Contender]:
    """A peer, which finds its address in PORT."""
    port = free_port()
    own = {**environment, "PORT": str(port)}
    with serving([python, str(PEERS / script)], own, log, f"http://127.0.0.1:{port}/live") as pid:
        yield Contender(name, (pid,), port)
