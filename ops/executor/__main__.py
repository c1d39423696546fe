"""`python -m ops.executor FOLDER`: carry out the release in a folder of the server, whatever happened before."""

import os
import signal
import sys
from pathlib import Path

from ops.executor.process import Process
from ops.hosts.local import LocalHost
from ops.timer import Timer

if __name__ == "__main__":
    # The first process of a container has no default for SIGTERM: the engine would wait, then kill.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: os._exit(128 + signal.SIGTERM))
    Process(Path(sys.argv[1]), LocalHost(), Timer()).run()
