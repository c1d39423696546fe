"""The product's own migrations: each can be taken back, and nothing of it stays."""

import subprocess

import pytest

from ops.embedded.postgres import EmbeddedPostgres
from ops.migrations import apply, rollback
from ops.migrations.files import read_folder

FILES = read_folder()


@pytest.fixture
def dump(postgres: EmbeddedPostgres, empty_database: str) -> "Dump":
    return Dump(postgres.binaries.program("pg_dump"), empty_database)


class Dump:
    """The schema as text, without the random token that pg_dump puts around it."""

    def __init__(self, program: str, url: str) -> None:
        self.argv = [program, "--schema-only", "--no-privileges", f"--dbname={url}"]

    def __call__(self) -> list[str]:
        text = subprocess.run(self.argv, check=True, capture_output=True, text=True).stdout
        return [line for line in text.splitlines() if "restrict " not in line]


def test_each_file_is_taken_back_without_a_trace(empty_database: str, dump: Dump) -> None:
    apply(empty_database, to=0)
    for file in FILES:
        before = dump()
        assert apply(empty_database, to=file.number).names == [file.name]
        after = dump()
        assert rollback(empty_database).names == [file.name]
        assert dump() == before, f"{file.name}.rollback.sql leaves something behind"
        apply(empty_database, to=file.number)
        assert dump() == after, f"{file.name} does not give the same schema twice"
