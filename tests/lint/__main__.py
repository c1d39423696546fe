"""`python -m tests.lint`: examine the product and its migrations, and name every breach."""

import sys
from pathlib import Path

from tests.lint.migrations import examine_migrations
from tests.lint.rules import breaches

ROOT = Path(__file__).parents[2]


def examine(package: Path) -> list[str]:
    """Return one line per breach in the package."""
    return [
        f"{path.relative_to(package.parent)}:{breach.line}: {breach.message}"
        for path in sorted(package.rglob("*.py"))
        for breach in breaches(path, path.read_text())
    ]


if __name__ == "__main__":
    found = [*examine(ROOT / "langagent"), *examine_migrations(ROOT / "migrations")]
    sys.exit("\n".join(found) if found else 0)
