"""The database port: a pool, one held connection per request, one kind of transaction."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
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
            yield held.raw_connection

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[Connection]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Inside another unit of work of the same task it joins that one, as a savepoint: a service that is called in a
        wider transaction needs no method of its own for it.

        `databases`' own transaction loses a pooled connection when COMMIT fails; asyncpg's does not.
        """
        async with self._database.connection() as held, held.raw_connection.transaction():
            yield held.raw_connection


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
