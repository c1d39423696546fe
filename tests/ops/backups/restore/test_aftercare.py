"""A restore brings no erased account back, sends nothing twice, and leaves no cache of before."""

from dataclasses import replace
from pathlib import Path

import psycopg
import redis

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.erasures import collect
from ops.backups.restore import restore
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from ops.events import Event
from tests.ops.backups.restore.seen import EARLIER, NOW, ignore, marks, run


def test_who_was_erased_stays_erased(database: Database, target: Target, folder: FolderStore) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        for number in (1, 2):
            connection.execute("insert into users (telegram_id, first_name) values (%s, 'A')", (number,))
        manifest = create(database, [folder], tell=ignore).manifest
        connection.execute(
            "with gone as (delete from users where telegram_id = 1 returning id)"
            " insert into erased_accounts (user_id) select id from gone"
        )
    assert run(target, StoredDump(find([folder], manifest.id))).erased == 1
    with target.connect(target.name) as connection:
        assert connection.execute("select telegram_id from users").fetchall() == [(2,)]
        assert connection.execute("select count(*) from erased_accounts").fetchone() == (1,)


def test_a_lost_server_brings_no_erased_account_back(database: Database, folder: FolderStore, tmp_path: Path) -> None:
    """The newest backup may not load, so that an older one is taken: who was erased in between stays erased."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        for number in (1, 2):
            connection.execute("insert into users (telegram_id, first_name) values (%s, 'A')", (number,))
        older = create(database, [folder], tell=ignore, now=NOW).manifest
        connection.execute(
            "with gone as (update users set deleted_at = now(), telegram_id = null where telegram_id = 1 returning id)"
            " insert into erased_accounts (user_id) select id from gone"
        )
        create(database, [folder], tell=ignore)
    with EmbeddedPostgres(tmp_path / "new", source="wheel", durable=False) as fresh:
        anew = Target(fresh.url(SUPERUSER), fresh.binaries.folder)
        assert run(anew, StoredDump(find([folder], older.id))).erased == 1
        with anew.connect(anew.name) as connection:
            assert connection.execute("select telegram_id from users").fetchall() == [(2,)]
        backup = create(anew.at(anew.name), [folder], tell=ignore).manifest
    assert backup.database.system != older.database.system
    assert len(collect([folder], [backup.database], ignore)) == 1


def test_nothing_is_sent_or_answered_twice(database: Database, target: Target, folder: FolderStore) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(
            "insert into outbox (chat_id, method, payload, claimed_by, claimed_until)"
            " values (1, 'sendMessage', '{}', null, null), (2, 'sendMessage', '{}', 'me', now())"
        )
        connection.execute("insert into tg_inbox (update_id, chat_key, kind, payload) values (7, 1, 'message', '[1]')")
        manifest = create(database, [folder], tell=ignore).manifest
        connection.execute(
            "update outbox set status = 'sent', done_at = now(), claimed_by = null, claimed_until = null"
        )
    assert run(target, StoredDump(find([folder], manifest.id))).closed == 3
    with target.connect(target.name) as connection:
        rows = connection.execute("select status, done_at is null from outbox").fetchall()
        assert rows == [("skipped", False), ("skipped", False)]
        assert connection.execute("select payload::text, done_at is null from tg_inbox").fetchall() == [("{}", False)]


def test_caches_are_emptied(target: Target, source: StoredDump, redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("card:1", "after")
        run(replace(target, redis_url=redis_url), source, to=f"{target.name}_copy")
        assert client.dbsize() == 1
        run(replace(target, redis_url=redis_url), source)
        assert client.dbsize() == 0


def test_without_caches_it_warns_and_is_done(target: Target, source: StoredDump) -> None:
    told: list[Event] = []
    restore(replace(target, redis_url="redis://127.0.0.1:9"), source, tell=told.append, now=NOW)
    assert next(event.message for event in told if event.kind == "warning").startswith("The caches still hold")
    assert [event.kind for event in told if event.kind != "progress"] == ["read", "load", "check", "swap", "warning"]
    assert marks(target) == EARLIER
