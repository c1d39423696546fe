"""An executor of steps that only touch files, killed after its n-th line: `program.py FOLDER FAILING KILL_AT`."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from ops.errors import OpsError
from ops.executor.engine import Engine
from ops.executor.journal import Journal
from ops.releases.models import Outcome
from ops.steps.base import Evidence, Step
from ops.timer import Timer

NAMES = ("pull", "start", "switch", "retire")


class FileStep(Step):
    """Makes a file; fails half way, after the file is there."""

    def __init__(self, name: str, folder: Path, *, fails: bool = False, prepares: bool = False) -> None:
        self.name, self.prepares = name, prepares  # type: ignore[misc]
        self.file = folder / f"{name}.made"
        self.fails = fails

    def do(self) -> Evidence:
        with self.file.with_suffix(".log").open("a") as log:
            log.write("do\n")
        self.file.touch()
        if self.fails:
            raise OpsError(f"{self.name} did not work.", next_command="langagent logs")
        return {"made": self.file.name}

    def undo(self) -> None:
        self.file.unlink(missing_ok=True)


class KillingJournal(Journal):
    """Dies as a killed process does, right after its n-th line is on the disk."""

    def __init__(self, path: Path, kill_at: int) -> None:
        super().__init__(path, Timer().now)
        self.left = kill_at

    def note(self, *arguments: Any, **options: Any) -> None:
        super().note(*arguments, **options)
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def run(folder: Path, failing: str = "", kill_at: int = 0) -> Outcome:
    """Run all steps in this process."""
    steps = [FileStep(name, folder, fails=name == failing, prepares=name == "pull") for name in NAMES]
    return Engine(steps, KillingJournal(folder / "journal.jsonl", kill_at), Timer(), lambda: None).run()


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
