"""Logs are read from their end and followed."""

from pathlib import Path

import pytest

from ops.dev import logs
from ops.dev.project import Project
from ops.errors import ConfigurationError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path, tmp_path)
    made.prepare()
    (made.logs / "app.log").write_text("one\ntwo\nthree\n")
    (made.logs / "worker.log").write_text("four\n")
    return made


def test_the_end_of_every_log(project: Project) -> None:
    found = [(event.data["service"], event.message) for event in logs.read(project, None, tail=2, follow=False)]
    assert found == [("app", "two"), ("app", "three"), ("worker", "four")]


def test_an_unknown_log_is_refused_with_the_known_names(project: Project) -> None:
    with pytest.raises(ConfigurationError, match="app, worker"):
        list(logs.read(project, "web", tail=2, follow=False))


def test_follow_goes_on_with_whole_lines_and_after_a_truncation(project: Project) -> None:
    events = logs.read(project, "app", tail=1, follow=True)
    assert next(events).message == "three"
    log = project.logs / "app.log"
    with log.open("a") as file:
        file.write("new\nhal")
    assert next(events).message == "new"
    with log.open("a") as file:
        file.write("f\n")
    assert next(events).message == "half"
    log.write_text("anew\n")
    assert next(events).message == "anew"
