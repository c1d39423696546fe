"""`langagent media` as the owner types it, on a checkout whose database exists, with a bucket for the copies."""

from pathlib import Path

import psycopg
import pytest

from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.dev.infra import embedded_postgres
from ops.dev.project import find_project
from ops.embedded.postgres import OWNER
from ops.migrations import apply
from tests.cli.command import documents, run
from tests.ops.backups.conftest import empty_bucket
from tests.ops.media.conftest import names_in, stored

INSERT = "insert into media_files (key, mime, bytes, sha256) values (%s, 'audio/mpeg', 3000, decode(%s, 'hex'))"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose database, which rests, speaks of the files 1, 2 and 3."""
    folder = tmp_path_factory.mktemp("state")
    project = find_project(folder)
    project.prepare()
    project.media.mkdir()
    names = stored(FolderStore(project.media), 1, 2, 3)
    with embedded_postgres(project) as server:
        apply(server.url(OWNER))
        with psycopg.connect(server.url(OWNER)) as connection:
            for name in names:
                connection.execute(INSERT, (f"tts/{name}.mp3", name))
    return folder


@pytest.fixture
def files(state: Path) -> FolderStore:
    """The files 1, 2 and 3, whatever became of them."""
    store = FolderStore(state / "media")
    for item in store.objects(""):
        store.delete(item.key)
    stored(store, 1, 2, 3)
    return store


@pytest.fixture
def bucket(moto_url: str) -> S3Store:
    store = S3Store(empty_bucket(moto_url))
    store.client.put_bucket_versioning(Bucket=store.bucket.name, VersioningConfiguration={"Status": "Enabled"})
    return store


@pytest.fixture
def env(state: Path, bucket: S3Store) -> dict[str, str]:
    return {
        "LANGAGENT_STATE": str(state),
        "LANGAGENT_ENV_FILE": "/nowhere/.env",
        "S3_BUCKET": bucket.bucket.name,
        "S3_ENDPOINT": bucket.bucket.endpoint,
        "S3_ACCESS_KEY": bucket.bucket.access_key,
        "S3_SECRET_KEY": bucket.bucket.secret_key.reveal(),
    }


def test_from_a_folder_to_a_proved_copy_and_back(env: dict[str, str], files: FolderStore) -> None:
    assert "Would copy 3 files (9.0 kB)" in run("media", "sync", "--dry-run", env=env).stdout
    assert "Copied 3 files (9.0 kB)" in run("media", "sync", env=env).stdout
    proved = run("media", "verify", env=env)
    assert (proved.returncode, proved.stdout.count("3 files (9.0 kB) are as they were written")) == (0, 2)
    [lost, damaged, _] = [item.key for item in files.objects("")]
    files.delete(lost)
    (files.root / damaged).write_bytes(b"x")
    found = run("media", "verify", env=env)
    assert found.returncode == 16
    assert f"damaged  {damaged}" in found.stdout
    assert f"missing  {lost}" in found.stdout
    assert "Restored 2 of 2 files" in run("media", "restore", env=env).stdout
    assert run("media", "verify", env=env).returncode == 0


def test_nothing_is_deleted_without_a_yes(env: dict[str, str], files: FolderStore) -> None:
    [unneeded] = stored(files, 4)
    run("media", "sync", env=env)
    files.delete(unneeded)
    assert "1 more than the folder (--delete)" in run("media", "sync", env=env).stdout
    refused = run("media", "sync", "--delete", env=env)
    assert (refused.returncode, "Delete 1 files" in refused.stderr) == (2, True)
    assert "1 more than the folder" in run("media", "sync", env=env).stdout
    assert "and delete 1 there" in run("media", "sync", "--delete", "--dry-run", env=env).stdout
    assert "deleted 1 there" in run("media", "sync", "--delete", "--yes", env=env).stdout


def test_what_the_database_still_refers_to_is_kept_and_told_by_exit_code(
    env: dict[str, str], files: FolderStore, bucket: S3Store
) -> None:
    run("media", "sync", env=env)
    lost = files.objects("")[0].key
    files.delete(lost)
    done = run("media", "sync", "--delete", "--yes", env=env)
    assert (done.returncode, f"kept  {lost}" in done.stdout) == (16, True)
    assert "Next:  langagent media restore" in done.stderr
    assert "Restored 1 of 1" in run("media", "restore", env=env).stdout
    assert run("media", "sync", "--delete", "--yes", env=env).returncode == 0


def test_deletion_is_refused_where_the_database_cannot_be_asked(
    env: dict[str, str], files: FolderStore, bucket: S3Store
) -> None:
    [unneeded] = stored(bucket, 4)
    lost = env | {"BACKUP_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}
    done = run("media", "sync", "--delete", "--yes", env=lost)
    assert (done.returncode, "State: Nothing was changed." in done.stderr) == (15, True)
    assert names_in(bucket) == {unneeded}
    assert run("media", "sync", env=lost).returncode == 0


def test_documents_for_programs(env: dict[str, str], files: FolderStore) -> None:
    *_, synced = documents(run("media", "sync", "--json", env=env).stdout)
    assert (synced["done"], synced["copied"], synced["bytes"], synced["damaged"]) == (True, 3, 9000, [])
    *_, proved = documents(run("media", "verify", "--json", env=env).stdout)
    assert [store["whole"] for store in proved["stores"]] == [3, 3]
    assert {name for store in proved["stores"] for name in store} == {
        "store", "whole", "bytes", "damaged", "unreadable", "missing", "foreign",
    }  # fmt: skip


def test_a_damaged_file_is_not_copied_and_told_by_exit_code(env: dict[str, str], files: FolderStore) -> None:
    run("media", "sync", env=env)
    name = files.objects("")[0].key
    (files.root / name).write_bytes(b"x")
    done = run("media", "sync", env=env)
    assert done.returncode == 16
    assert f"langagent media restore {name}" in done.stderr
    run("media", "restore", name, env=env)
    assert run("media", "sync", name, env=env).returncode == 0


def test_what_cannot_be_done_says_what_to_do(env: dict[str, str], files: FolderStore, tmp_path: Path) -> None:
    cases = [
        ({"S3_BUCKET": ""}, ("sync",), 2, "set S3_BUCKET"),
        ({"S3_ACCESS_KEY": ""}, ("sync",), 2, "only one is set"),
        ({"MEDIA_BACKEND": "s3"}, ("sync",), 2, "there is nothing to copy"),
        ({"MEDIA_ROOT": str(tmp_path / "none")}, ("sync",), 10, "mount its volume"),
        ({"S3_ENDPOINT": "http://127.0.0.1:9"}, ("sync",), 15, "cannot be reached"),
        ({}, ("restore", "a" * 64), 16, "no whole version"),
    ]
    for change, command, code, said in cases:
        done = run("media", *command, env=env | change, cwd=tmp_path)
        assert (done.returncode, said in done.stderr) == (code, True), done.stderr
        assert env["S3_SECRET_KEY"] not in done.stderr


def test_the_doctor_asks_the_bucket_of_media(env: dict[str, str], bucket: S3Store) -> None:
    checks = run("backup", "doctor", env=env).stdout
    name = f"s3://{bucket.bucket.name}/media"
    assert f"ok   {name}: versioning: Enabled" in checks
    assert f"BAD  {name}: old versions: kept for ever" in checks
    run("backup", "doctor", "--fix", env=env)
    assert f"ok   {name}: old versions" in run("backup", "doctor", env=env).stdout
    missing = run("backup", "doctor", env=env | {"S3_BUCKET": "no-such-bucket-here"})
    assert "BAD  s3://no-such-bucket-here/media: access" in missing.stdout
    assert "create-bucket --bucket no-such-bucket-here" in missing.stderr
    assert "copied nowhere" in run("backup", "doctor", env=env | {"S3_BUCKET": ""}).stdout
