"""`python -m ops.releases.describe`, run in an image: its version and the schemas that it knows, as JSON."""

import json
import os
import sys

from ops.migrations.files import read_folder
from ops.plan.models import VERSION


def describe() -> dict[str, object]:
    """Return what a release is: `schema` is the one that it needs, `floor` the oldest that may run after it.

    `plan` is the version of plans that its executor understands.
    """
    files = read_folder()
    return {
        "plan": VERSION,
        "revision": os.environ.get("RELEASE", ""),
        "schema": max((file.number for file in files), default=0),
        "floor": max((file.header.floor for file in files), default=0),
    }


if __name__ == "__main__":
    json.dump(describe(), sys.stdout)
