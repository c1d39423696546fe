"""Each rule catches what it must and lets its exceptions pass."""

from pathlib import Path, PurePath

import pytest

from tests.lint.__main__ import examine
from tests.lint.rules import breaches


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("service.py", 'x = "SELECT id FROM cards WHERE id = :id"', "queries.py"),
        ("service.py", 'x = """\n  insert into decks (id) values (1)"""', "queries.py"),
        ("service.py", 'x = f"UPDATE cards SET {column} = 1"', "queries.py"),
        ("service.py", 'x = "with due as (select 1) select * from due"', "queries.py"),
        ("service.py", "async with self._database.transaction(): ...", "unit_of_work"),
        ("service.py", "async with db.transaction(): ...", "unit_of_work"),
        ("service.py", "x = datetime.now()", "naive"),
        ("service.py", "x = datetime.datetime.utcnow()", "naive"),
        ("service.py", "x = datetime.fromtimestamp(5)", "naive"),
        ("service.py", "x = date.today()", "naive"),
        ("service.py", 'x = "gpt-4.1-mini"', "model names"),
        ("queries.py", 'x = "claude-opus"', "model names"),
    ],
)
def test_caught(name: str, source: str, said: str) -> None:
    wrapped = f"async def f():\n    {source}" if source.startswith("async") else source
    assert [breach for breach in breaches(PurePath(name), wrapped) if said in breach.message]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("queries.py", 'x = "SELECT id FROM cards"'),
        ("settings.py", 'x = "gpt-4.1-mini"'),
        ("service.py", 'def f():\n    """Select what is due from the queue."""'),
        ("service.py", 'x = "Select a deck to begin with"'),
        ("service.py", "x = datetime.now(UTC)"),
        ("service.py", "x = datetime.fromtimestamp(5, tz=UTC)"),
        ("service.py", "x = clock.now()"),
        ("service.py", "async def f():\n    async with connection.raw_connection.transaction(): ..."),
    ],
)
def test_allowed(name: str, source: str) -> None:
    assert not list(breaches(PurePath(name), source))


def test_examine_names_file_and_line(tmp_path: Path) -> None:
    package = tmp_path / "langagent"
    package.mkdir()
    (package / "service.py").write_text('"""Doc."""\n\nx = "DELETE FROM cards"\n')
    assert examine(package) == ["langagent/service.py:3: SQL belongs in the room's queries.py"]
