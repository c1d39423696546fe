"""`langagent deploy`, `rollback`, `server restore` and `releases` on this machine, as far as they go alone."""

from pathlib import Path

import pytest

from tests.cli.command import documents, run
from tests.ops.releases.made import outcome, release, restored


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The product's folder with a good release and one that is under way."""
    for made, ended in ((release("a1"), outcome(marks={"switch": 6.5}, phases={"gate": 2.5})), (release("a2"), None)):
        place = tmp_path / "releases" / made.id
        place.mkdir(parents=True)
        (place / "release.json").write_bytes(made.encode())
        if ended:
            (place / "outcome.json").write_bytes(ended.encode())
    return tmp_path


def test_releases_with_how_they_ended(folder: Path) -> None:
    done = run("releases", "--phases", "--path", str(folder))
    assert done.stdout.splitlines() == [
        "* a1  deploy  good  1:00, 6.5 s to the switch  ann@desk",
        "      gate            2.5 s",
        "  a2  deploy  under way  ann@desk",
    ]


def test_a_restore_is_listed_as_one_with_its_backup(folder: Path) -> None:
    made = restored("a3", origin="a1")
    assert made.outcome
    place = folder / "releases" / "a3"
    place.mkdir()
    (place / "release.json").write_bytes(made.release.encode())
    (place / "outcome.json").write_bytes(made.outcome.encode())
    assert run("releases", "--path", str(folder)).stdout.splitlines()[-1] == (
        "* a3  restore  good  1:00, 0.0 s to the switch  ann@desk  with backup_1"
    )


def test_releases_for_programs(folder: Path) -> None:
    [result] = documents(run("releases", "--json", "--path", str(folder)).stdout)
    assert [(one["id"], one["outcome"] and one["outcome"]["result"]) for one in result["releases"]] == [
        ("a1", "good"),
        ("a2", None),
    ]


def test_a_torn_file_is_named(folder: Path) -> None:
    (folder / "releases/a1/outcome.json").write_text('{"resu')
    assert "a1/outcome.json cannot be read" in run("releases", "--path", str(folder)).stderr


@pytest.mark.parametrize(
    "arguments",
    [("deploy", "v1 v2"), ("deploy", "--bake", "-1", "v1"), ("rollback", "--bake", "x"), ("server", "restore")],
)
def test_a_mistake_of_the_one_who_types(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("deploy", "v1"),
        ("deploy", "v1", "--dry-run"),
        ("rollback",),
        ("server", "restore", "latest", "--yes"),
        ("server", "restore", "latest", "--dry-run"),
    ],
)
def test_a_machine_that_is_not_ready_is_left_as_it_is(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--path", str(tmp_path))
    assert done.returncode == 10, done.stderr
    assert "Nothing was changed." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_attach_to(tmp_path: Path) -> None:
    done = run("deploy", "--attach", "--path", str(tmp_path))
    assert done.returncode == 2
    assert "No release is under way" in done.stderr
