"""The database port: units of work, and the pool after trouble."""

import asyncpg
import pytest

from langagent.core.database import Database


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
