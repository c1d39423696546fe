"""The database port: a pool, one held connection per request, one kind of transaction."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final, Protocol

import asyncpg
import databases
import orjson

from langagent.settings import Secret

STATEMENT_TIMEOUT_MS: Final = 10_000
LOCK_TIMEOUT_MS: Final = 3_000
CONNECT_TIMEOUT_S: Final = 5.0

Row = asyncpg.Record


class Connection(Protocol):
    """What queries may do: a held asyncpg connection."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...

    async def fetchrow(self, query: str, *args: Any) -> Any: ...

    async def fetchval(self, query: str, *args: Any) -> Any: ...

    async def execute(self, query: str, *args: Any) -> str: ...

    async def executemany(self, command: str, args: Sequence[Sequence[Any]]) -> None: ...


class Database:
    """PostgreSQL behind `databases`.

    Both context managers hold one pooled connection, which belongs to the asyncio task that opened it:
    no ``gather`` over it. Queries take the connection; only services open one.
    """

    def __init__(self, url: Secret, *, pool_size: int, application_name: str = "langagent") -> None:
        self._deferred: dict[asyncio.Task[Any] | None, _Deferred] = {}
        self._database = databases.Database(
            url.reveal(),
            min_size=1,
            max_size=pool_size,
            timeout=CONNECT_TIMEOUT_S,
            init=_prepare,
            reset=_keep,
            server_settings={
                "application_name": application_name,
                "statement_timeout": str(STATEMENT_TIMEOUT_MS),
                "lock_timeout": str(LOCK_TIMEOUT_MS),
                "idle_in_transaction_session_timeout": "60000",
                # Our statements go by keys: planning them anew for each set of values costs more than running them.
                "plan_cache_mode": "force_generic_plan",
                # A plan that was made while a table was empty would go on reading all of it when it has grown.
                "enable_seqscan": "off",
                "jit": "off",
                "timezone": "UTC",
            },
        )

    async def connect(self) -> None:
        await self._database.connect()

    async def disconnect(self) -> None:
        await self._database.disconnect()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """One connection without a transaction, for reads."""
        async with self._database.connection() as held:
            if self._deferred and (deferred := self._deferred.get(asyncio.current_task())):
                await deferred.begin()
            yield held.raw_connection

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[Connection]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Inside another unit of work of the same task it joins that one, as a savepoint: a service that is called in a
        wider transaction needs no method of its own for it.

        `databases`' own transaction loses a pooled connection when COMMIT fails; asyncpg's does not.
        """
        async with self._database.connection() as held:
            deferred = self._deferred.get(asyncio.current_task()) if self._deferred else None
            async with deferred.unit() if deferred else held.raw_connection.transaction():
                yield held.raw_connection

    @asynccontextmanager
    async def deferred_unit_of_work(self) -> AsyncIterator[Connection]:
        """An outermost unit of work that begins when something called in its block first uses the database.

        So the first unit within needs no savepoint, and a block that uses nothing no transaction. The connection is for
        the block's last statement, which is the unit's last, or stands alone.
        """
        task = asyncio.current_task()
        async with self._database.connection() as held:
            deferred = self._deferred[task] = _Deferred(held.raw_connection)
            try:
                yield held.raw_connection
            except BaseException:
                await deferred.roll_back()
                raise
            finally:
                del self._deferred[task]
            await deferred.commit()


class _Deferred:
    """A transaction that begins at its first use, and begins anew when its first unit has failed."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._transaction: Any = None

    async def begin(self) -> None:
        if self._transaction is None:
            transaction = self._connection.transaction()
            await transaction.start()
            self._transaction = transaction

    def unit(self) -> AbstractAsyncContextManager[None]:
        return self._first_unit() if self._transaction is None else self._connection.transaction()

    async def commit(self) -> None:
        if self._transaction is not None:
            await self._transaction.commit()

    async def roll_back(self) -> None:
        if self._transaction is not None:
            transaction, self._transaction = self._transaction, None
            await transaction.rollback()

    @asynccontextmanager
    async def _first_unit(self) -> AsyncIterator[None]:
        await self.begin()
        try:
            yield
        except BaseException:
            await self.roll_back()
            raise


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", format="binary", encoder=_encode_jsonb, decoder=_decode_jsonb
    )


async def _keep(_connection: Any) -> None:
    """Saves the round trip of asyncpg's default reset: no query of ours leaves session state behind."""


def _encode_jsonb(value: Any) -> bytes:
    return b"\x01" + orjson.dumps(value, default=str)


def _decode_jsonb(data: bytes) -> Any:
    return orjson.loads(data[1:])
