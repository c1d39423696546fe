"""What the product gave up is told to its owner."""

from datetime import timedelta

import psycopg
import pytest

from tests.ops.schedule.conftest import World

GIVE_UP = {
    "tg_inbox": """
        insert into tg_inbox (update_id, chat_key, kind, payload, done_at, failed_at, error)
        values (1, 1, 'message', '{"text": "secret"}', now(), now(), 'RuntimeError')
    """,
    "jobs": "insert into jobs (kind, lane, done_at, failed_at) values ('export', 'x', now(), now())",
}
HANDLED = "insert into tg_inbox (update_id, chat_key, kind, payload, done_at) values (2, 1, 'message', '{}', now())"


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.mark.parametrize("table", GIVE_UP)
def test_the_owner_hears_of_it_once_and_when_it_was_the_last(world: World, owner_url: str, table: str) -> None:
    scheduler = world.scheduler(url=owner_url)
    execute(owner_url, GIVE_UP[table])
    for _ in range(2):
        scheduler.work()
        scheduler.look_at_dead_letters()
        world.now += timedelta(minutes=1)
    assert world.listener.heard == ["Work that was given up needs attention"]
    assert "secret" not in world.listener.bodies[0]
    execute(owner_url, f"update {table} set done_at = now() - interval '61 minutes'")
    scheduler.look_at_dead_letters()
    assert world.listener.heard[1:] == ["Work that was given up is well again, after 2 min"]


def test_what_was_handled_is_no_trouble(world: World, owner_url: str) -> None:
    execute(owner_url, HANDLED)
    scheduler = world.scheduler(url=owner_url)
    scheduler.work()
    scheduler.look_at_dead_letters()
    assert world.listener.heard == []


@pytest.mark.parametrize("url", ["", "postgresql://nobody@127.0.0.1:9/none"])
def test_without_a_database_there_is_nothing_to_tell(world: World, url: str) -> None:
    scheduler = world.scheduler(url=url)
    scheduler.work()
    scheduler.look_at_dead_letters()
    assert world.listener.heard == []
