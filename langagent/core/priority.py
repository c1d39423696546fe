"""Who goes first when there is more to do than processors: requests, then work that can wait a moment."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

NICENESS: Final = 5
_SESSION: Final = Path("/proc/self/autogroup")


def step_back() -> None:
    """Lets other processes go first, from now on.

    Where Linux shares processors between sessions, niceness counts within a session only (sched(7), autogroup): a
    session of the process's own is made as nice. Containers have shares of their own, whatever their processes do.
    """
    os.nice(NICENESS)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            _SESSION.write_text(str(NICENESS))
