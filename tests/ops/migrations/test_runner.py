"""Files are applied in order, whole and once, or not at all."""

import signal
from pathlib import Path

import psycopg
import pytest

from ops.errors import LockedError, MigrationError, OpsError, PreflightError, VerificationError
from ops.migrations import apply, rollback, runner
from tests.ops.migrations.conftest import Ask, Write
from tests.processes import line, python

APPLY = """
import sys
from pathlib import Path
from ops.migrations import apply
print("ready", flush=True)
print(apply(sys.argv[1], folder=Path(sys.argv[2]), progress=lambda name: print(name, flush=True)).names, flush=True)
"""
WORDS = ("0001.words", "create table words (id int primary key);", "drop table words;")
NOTES = ("0002.notes", "create table notes (id int);", "drop table notes;")
STATE = "select schema_version, schema_floor from schema_state"


def test_pending_files_are_applied_in_order_and_once(empty_database: str, folder: Path, write: Write, ask: Ask) -> None:
    write(*NOTES)
    write(*WORDS)
    seen: list[str] = []
    assert apply(empty_database, folder=folder, progress=seen.append).names == ["0001.words", "0002.notes"]
    assert seen == ["0001.words", "0002.notes"]
    assert apply(empty_database, folder=folder).names == []
    assert ask(STATE) == [(2, 0)]


def test_applying_and_rolling_back_stop_at_a_number(empty_database: str, folder: Path, write: Write, ask: Ask) -> None:
    write(*WORDS)
    write(*NOTES)
    write("0003.more", "create table more ()", "drop table more")
    assert apply(empty_database, to=2, folder=folder).names == ["0001.words", "0002.notes"]
    assert apply(empty_database, folder=folder).names == ["0003.more"]
    assert rollback(empty_database, folder=folder).names == ["0003.more"]
    assert rollback(empty_database, to=0, folder=folder).names == ["0002.notes", "0001.words"]
    assert ask("select to_regclass('words')") == [(None,)]
    assert ask(STATE) == [(0, 0)]
    assert apply(empty_database, folder=folder).names == ["0001.words", "0002.notes", "0003.more"]


def test_a_contract_raises_the_floor_and_its_rollback_lowers_it(
    empty_database: str, folder: Path, write: Write, ask: Ask
) -> None:
    write(*WORDS)
    write("0002.drop_words", "-- contract: floor 0001\ndrop table words", "create table words (id int primary key)")
    apply(empty_database, folder=folder)
    assert ask(STATE) == [(2, 1)]
    rollback(empty_database, folder=folder)
    assert ask(STATE) == [(1, 0)]


def test_a_failing_file_leaves_nothing_and_the_ones_before_it_stay(
    empty_database: str, folder: Path, write: Write, ask: Ask
) -> None:
    write(*WORDS)
    write("0002.bad", "create table half (); insert into words values (1); select no_such_column from words;")
    with pytest.raises(MigrationError, match=r'0002\.bad failed to apply: column "no_such_column"') as failure:
        apply(empty_database, folder=folder)
    assert failure.value.state == "Nothing of this file took effect; the files before it are done."
    assert failure.value.next_command == "correct 0002.bad.sql, then langagent migrate up"
    assert ask("select to_regclass('half'), (select count(*) from words)") == [(None, 0)]
    assert ask(STATE) == [(1, 0)]
    write(*NOTES)
    (folder / "0002.bad.sql").unlink()
    assert apply(empty_database, folder=folder).names == ["0002.notes"]


def test_a_failing_rollback_leaves_everything(empty_database: str, folder: Path, write: Write, ask: Ask) -> None:
    write("0001.words", WORDS[1], "drop table words; drop table no_such_table;")
    apply(empty_database, folder=folder)
    with pytest.raises(MigrationError, match=r"0001\.words failed to rollback"):
        rollback(empty_database, folder=folder)
    assert ask(STATE) == [(1, 0)]
    assert ask("select count(*) from words") == [(0,)]


def test_an_edited_file_is_refused(empty_database: str, folder: Path, write: Write, ask: Ask) -> None:
    path = write(*WORDS)
    apply(empty_database, folder=folder)
    path.write_text("create table words (id bigint primary key);")
    write(*NOTES)
    for run in (apply, rollback):
        with pytest.raises(VerificationError, match=r"0001\.words was edited"):
            run(empty_database, folder=folder)
    assert ask("select to_regclass('notes')") == [(None,)]


def test_an_applied_file_that_is_missing_is_refused(empty_database: str, folder: Path, write: Write) -> None:
    path = write(*WORDS)
    apply(empty_database, folder=folder)
    path.unlink()
    with pytest.raises(PreflightError, match=r"0001\.words, which is not here"):
        apply(empty_database, folder=folder)


def test_a_new_file_before_an_applied_one_is_refused(empty_database: str, folder: Path, write: Write) -> None:
    write(*NOTES)
    apply(empty_database, folder=folder)
    write(*WORDS)
    with pytest.raises(PreflightError, match=r"0001\.words is new, but 0002\.notes is already applied"):
        apply(empty_database, folder=folder)


def test_two_runs_at_once_apply_each_file_once(empty_database: str, folder: Path, write: Write, ask: Ask) -> None:
    write("0001.log", "create table log (at timestamptz); insert into log values (now());")
    write("0002.log", "insert into log values (now()); select pg_sleep(0.3);")
    arguments = (APPLY, empty_database, str(folder))
    with python(*arguments) as first, python(*arguments) as second:
        outputs = [process.communicate()[0].splitlines()[-1] for process in (first, second)]
    assert sorted(outputs) == ["['0001.log', '0002.log']", "[]"]
    assert ask("select count(*) from log") == [(2,)]


def test_a_run_that_lasts_too_long_is_named_to_the_one_that_waits(
    empty_database: str, folder: Path, write: Write
) -> None:
    write("0001.slow", "select pg_sleep(600)")
    with python(APPLY, empty_database, str(folder)) as other:
        assert (line(other), line(other)) == ("ready", "0001.slow")
        with pytest.raises(LockedError, match=r"migrated by langagent migrate \(database process \d+"):
            apply(empty_database, folder=folder, wait=0)


def test_a_killed_run_leaves_nothing_in_the_way(empty_database: str, folder: Path, write: Write, ask: Ask) -> None:
    path = write("0001.slow", "create table half (); select pg_sleep(600)")
    with python(APPLY, empty_database, str(folder)) as other:
        assert (line(other), line(other)) == ("ready", "0001.slow")
        assert ask("select count(*) from yoyo_lock") == [(1,)]
        other.send_signal(signal.SIGKILL)
    ask("select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'langagent migrate'")
    path.write_text("create table half ()")
    assert apply(empty_database, folder=folder).names == ["0001.slow"]


def test_a_table_that_stays_locked_fails_the_file_instead_of_blocking_its_readers(
    empty_database: str, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "LOCK_PAUSES", ())
    monkeypatch.setattr("ops.migrations.session.LOCK_TIMEOUT", "50ms")
    write(*WORDS)
    apply(empty_database, folder=folder)
    write("0002.alter", "alter table words add column note text")
    with psycopg.connect(empty_database) as reader:
        reader.execute("select from words")
        with pytest.raises(MigrationError, match="lock timeout") as failure:
            apply(empty_database, folder=folder)
    assert "pg_stat_activity" in failure.value.next_command
    assert apply(empty_database, folder=folder).names == ["0002.alter"]


def test_a_table_that_becomes_free_is_tried_again(
    empty_database: str, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ops.migrations.session.LOCK_TIMEOUT", "50ms")
    write(*WORDS)
    apply(empty_database, folder=folder)
    write("0002.alter", "alter table words add column note text")
    with psycopg.connect(empty_database) as reader:
        reader.execute("select from words")
        monkeypatch.setattr("ops.migrations.runner.time.sleep", lambda _: reader.rollback())
        assert apply(empty_database, folder=folder).names == ["0002.alter"]


def test_an_index_is_built_concurrently_while_another_run_waits(
    empty_database: str, folder: Path, write: Write, ask: Ask
) -> None:
    write(*WORDS)
    apply(empty_database, folder=folder)
    write("0002.index", "-- transactional: false\ncreate index concurrently words_idx on words (id)")
    arguments = (APPLY, empty_database, str(folder))
    with psycopg.connect(empty_database) as writer, python(*arguments) as first, python(*arguments) as second:
        writer.execute("insert into words values (1)")
        while ask("select count(*) from pg_stat_activity where application_name = 'langagent migrate'") != [(2,)]:
            assert (first.poll(), second.poll()) == (None, None)
        writer.rollback()
        outputs = [process.communicate()[0].splitlines()[-1] for process in (first, second)]
    assert sorted(outputs) == ["['0002.index']", "[]"]
    assert ask("select indisvalid from pg_index where indexrelid = 'words_idx'::regclass") == [(True,)]


def test_an_index_that_fails_is_named_with_the_way_to_drop_it(empty_database: str, folder: Path, write: Write) -> None:
    write("0001.words", "create table words (id int); insert into words values (1), (1);", "drop table words")
    write("0002.key", "-- transactional: false\ncreate unique index concurrently words_key on words (id)", "select 1")
    with pytest.raises(MigrationError, match=r"0002\.key failed to apply: could not create unique index") as failure:
        apply(empty_database, folder=folder)
    assert failure.value.next_command.startswith("DROP INDEX CONCURRENTLY words_key; then")


def test_a_file_outside_a_transaction_holds_one_statement(empty_database: str, folder: Path, write: Write) -> None:
    write(*WORDS)
    write("0002.two", "-- transactional: false\nselect 1; select 2;")
    with pytest.raises(PreflightError, match=r"0002\.two\.sql runs outside a transaction"):
        apply(empty_database, folder=folder)


def test_rows_that_a_migration_selects_are_not_printed(
    empty_database: str, folder: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("0001.talk", "select 'noise'")
    apply(empty_database, folder=folder)
    assert capsys.readouterr().out == ""


def test_a_database_that_does_not_answer_is_named(folder: Path) -> None:
    with pytest.raises(OpsError, match="cannot be reached"):
        apply(f"postgresql://nobody@/none?host={folder}", folder=folder)
