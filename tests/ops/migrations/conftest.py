"""A folder of migrations that a test writes, and short ways to look into its database."""

from collections.abc import Callable
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

Write = Callable[..., Path]
Ask = Callable[[LiteralString], list[tuple[object, ...]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Write:
    """Write one migration: `write("0001.words", "create table words ()", "drop table words")`."""

    def write(name: str, up: str, down: str = "select 1") -> Path:
        (folder / f"{name}.rollback.sql").write_text(down)
        path = folder / f"{name}.sql"
        path.write_text(up)
        return path

    return write


@pytest.fixture
def ask(empty_database: str) -> Ask:
    """The rows of a query in the test's own database."""

    def ask(query: LiteralString) -> list[tuple[object, ...]]:
        with psycopg.connect(empty_database, autocommit=True) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    return ask
