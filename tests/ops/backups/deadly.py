"""A step of ops.backups at which this process kills itself, as the kernel would."""

import importlib
import os
import signal
from typing import Any, Literal


def die_at(step: str, call: int, when: Literal["before", "after"]) -> None:
    """Be killed at the n-th call of a function, named as `module.function` or `module.Class.method`."""
    module, *owner, name = step.split(".")
    place: Any = importlib.import_module(f"ops.backups.{module}")
    for part in owner:
        place = getattr(place, part)
    real, calls = getattr(place, name), 0

    def deadly(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if calls == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(place, name, deadly)
