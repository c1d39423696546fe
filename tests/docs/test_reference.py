"""Every command, setting and metric is documented, and every link of the docs leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.reference import DOCS, pages

ROOT = DOCS.parent
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), ROOT / "web/README.md"])


@pytest.mark.parametrize("name", ["settings.md", "metrics.md", "commands.md"])
def test_the_reference_is_current(name: str) -> None:
    assert (DOCS / name).read_text() == pages()[name], "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:)([^)#]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []
