"""`langagent web publish`: into a folder, or said why not."""

from pathlib import Path

import pytest

from tests.cli.command import documents, run

NOTHING_SET = {"WEB_S3_BUCKET": "", "LANGAGENT_WEB_TO": "", "LANGAGENT_WEB_FROM": ""}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("page")
    (folder / "assets" / "app-1.js").write_text("one")
    return folder


def test_a_client_is_published_into_a_folder(built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = run("web", "publish", "--from", str(built), "--to", str(site), "--json", env=NOTHING_SET)
    result = documents(done.stdout)[-1]
    assert (result["uploaded"], result["removed"]) == (["assets/app-1.js", "index.html"], [])
    assert (site / "assets" / "app-1.js").read_text() == "one"


def test_without_a_place_nothing_is_published(built: Path, tmp_path: Path) -> None:
    done = run("web", "publish", "--from", str(built), env=NOTHING_SET, cwd=tmp_path)
    assert done.returncode == 2
    assert "--to FOLDER" in done.stderr


def test_without_a_client_nothing_is_published(tmp_path: Path) -> None:
    done = run("web", "publish", "--from", str(tmp_path), "--to", str(tmp_path / "site"), env=NOTHING_SET)
    assert done.returncode == 2
    assert "langagent web build" in done.stderr
