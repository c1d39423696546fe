"""The database port: units of work, and the pool after trouble."""

import asyncio

import asyncpg
import pytest

from langagent.core.database import Connection, Database


async def _users(database: Database) -> int:
    async with database.connection() as connection:
        count: int = await connection.fetchval("select count(*) from users")
    return count


INSERT = "insert into users (telegram_id, first_name) values ($1, 'Ann')"


async def test_a_unit_of_work_commits(database: Database) -> None:
    async with database.unit_of_work() as connection:
        await connection.execute(INSERT, 1)
    assert await _users(database) == 1


async def _insert_and_fail(database: Database) -> None:
    async with database.unit_of_work() as connection:
        await connection.execute(INSERT, 1)
        raise RuntimeError


async def test_an_error_rolls_the_whole_unit_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await _insert_and_fail(database)
    assert await _users(database) == 0


async def _fail_within_a_unit(database: Database) -> None:
    async with database.unit_of_work() as connection:
        await connection.execute(INSERT, 2)
        with pytest.raises(RuntimeError):
            await _insert_and_fail(database)
        assert await _users(database) == 1
        raise ZeroDivisionError


async def test_a_unit_within_a_unit_is_part_of_it(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await _fail_within_a_unit(database)
    assert await _users(database) == 0


async def _is_in_transaction(connection: Connection) -> bool:
    return len({await connection.fetchval("select pg_current_xact_id()::text") for _ in range(2)}) == 1


async def test_a_deferred_unit_begins_when_it_is_used(database: Database) -> None:
    async with database.deferred_unit_of_work() as last:
        assert not await _is_in_transaction(last)
        await _users(database)
        assert await _is_in_transaction(last)


async def _fail_after_a_deferred_unit(database: Database) -> None:
    async with database.deferred_unit_of_work() as last:
        async with database.connection() as connection:
            await connection.execute(INSERT, 1)
        async with database.unit_of_work() as connection:
            await connection.execute(INSERT, 2)
        await last.execute(INSERT, 3)
        raise ZeroDivisionError


async def test_a_deferred_unit_is_rolled_back_as_a_whole(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await _fail_after_a_deferred_unit(database)
    assert await _users(database) == 0


async def test_a_failed_first_unit_leaves_no_trace_in_a_deferred_one(database: Database) -> None:
    async with database.deferred_unit_of_work() as last:
        for number in (2, 3):
            with pytest.raises(RuntimeError):
                await _insert_and_fail(database)
            async with database.unit_of_work() as connection:
                await connection.execute(INSERT, number)
        await last.execute(INSERT, 4)
    assert await _users(database) == 3


async def test_a_deferred_unit_is_of_its_task_alone(database: Database) -> None:
    async with database.deferred_unit_of_work():
        with pytest.raises(RuntimeError):
            await _insert_and_fail(database)
        async with database.unit_of_work() as connection:
            await connection.execute(INSERT, 2)
        assert await asyncio.create_task(_users(database)) == 0
    assert await _users(database) == 1


async def test_a_plan_made_for_an_empty_table_serves_a_full_one(database: Database) -> None:
    async with database.connection() as connection:
        plan = await connection.fetchval("explain (format json) select first_name from users where id = any('{}')")
    assert "Seq Scan" not in plan


async def test_a_failing_commit_costs_no_connection(database: Database, owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    await owner.execute("create table late (id int unique deferrable initially deferred); grant all on late to public")
    try:
        for _ in range(8):
            with pytest.raises(asyncpg.UniqueViolationError):
                async with database.unit_of_work() as connection:
                    await connection.execute("insert into late values (1), (1)")
        assert await _users(database) == 0
    finally:
        await owner.execute("drop table late")
        await owner.close()


async def test_jsonb_travels_as_values(database: Database) -> None:
    async with database.connection() as connection:
        value = {"a": [1, None, "ü:x"], "b": {"c": True}}
        assert await connection.fetchval("select $1::jsonb", value) == value


async def test_the_role_may_not_change_the_schema(database: Database) -> None:
    async with database.connection() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("create table mine (id int)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("alter table users add mine int")
