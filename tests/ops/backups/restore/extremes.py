"""Every table of the database filled with the values that are hardest to bring back, whatever its columns mean."""

from collections.abc import Sequence
from typing import Any, Final

import psycopg
from psycopg import sql

_TEXT: Final = ("E'\\u0416\\t\\\\''\"\\n\\U0001F600'", "''", "'\\N'")
EXTREMES: Final[dict[str, Sequence[str]]] = {
    "boolean": ("true", "false", "true"),
    "smallint": ("32767", "-32768", "0"),
    "integer": ("2147483647", "-2147483648", "0"),
    "bigint": ("9223372036854775807", "-9223372036854775808", "0"),
    "numeric": ("9.99", "-9.99", "'NaN'"),
    "real": ("'NaN'", "'-Infinity'", "1.17549435e-38"),
    "double precision": ("0.1::float8 + 0.2", "'-Infinity'", "5e-324"),
    "character varying": _TEXT,
    "text": _TEXT,
    "bytea": (r"'\x00ff5c'", "''", r"'\x0a'"),
    "uuid": ("gen_random_uuid()", "gen_random_uuid()", "gen_random_uuid()"),
    "date": ("'4713-01-01 BC'", "'infinity'", "'2028-02-29'"),
    "timestamp without time zone": ("'9999-12-31 23:59:59.999999'", "'0001-01-01'", "'2026-03-29 02:30'"),
    "timestamp with time zone": ("'9999-12-30 23:59:59.999999Z'", "'0001-01-02Z'", "'2026-03-29 01:30:00.000001Z'"),
    "json": ("""'{"b": 1, "a": [null, "\\u00e4"], "b": 2}'""", "'null'", "'  1e400 '"),
    "jsonb": ("""'{"\u00e4": [1, null, {"": "\\\\n\\u0001"}]}'""", "'null'", "'123456789012345678901234567890.5'"),
    "text[]": ("array['a', null, E'\"\\n', '{}']", "'{}'", "array[['a', ''], ['NULL', '\\']]"),
    "double precision[]": ("array[0.1, null, 'NaN']", "'{}'", "array[5e-324]"),
}
_TABLES: Final = """
select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1
"""
_COLUMNS: Final = """
select attname, format_type(atttypid, null), attnotnull, atttypmod - 4
from pg_attribute
where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''
"""
_CONSTRAINTS: Final = """
select conname, pg_get_constraintdef(oid) from pg_constraint
where conrelid = %s::regclass and contype in ('c', 'f') and convalidated
"""


def fill(connection: psycopg.Connection[tuple[Any, ...]]) -> list[str]:
    """Add rows to every table and return the tables' names; constraints stay, not held against what is there.

    A type that `EXTREMES` does not know raises KeyError: add values that are hard to bring back.
    """
    connection.execute("set session_replication_role = replica")
    tables = [name for (name,) in connection.execute(_TABLES).fetchall()]
    for table in tables:
        constraints = connection.execute(_CONSTRAINTS, (table,)).fetchall()
        _alter(connection, table, [f'drop constraint "{name}"' for name, _ in constraints])
        _insert(connection, table)
        _alter(connection, table, [f'add constraint "{name}" {text} not valid' for name, text in constraints])
    return tables


def _alter(connection: psycopg.Connection[tuple[Any, ...]], table: str, changes: Sequence[str]) -> None:
    for change in changes:
        connection.execute(sql.SQL(f"alter table {table} {change}"))


def _insert(connection: psycopg.Connection[tuple[Any, ...]], table: str) -> None:
    columns = connection.execute(_COLUMNS, (table,)).fetchall()
    names = ", ".join(f'"{name}"' for name, *_ in columns)
    for row in range(3):
        values = ", ".join(_value(kind, row, length) for _, kind, _, length in columns)
        connection.execute(sql.SQL(f"insert into {table} ({names}) values ({values}) on conflict do nothing"))
    nulls = ", ".join(_value(kind, 0, length) if required else "null" for _, kind, required, length in columns)
    connection.execute(sql.SQL(f"insert into {table} ({names}) values ({nulls}) on conflict do nothing"))


def _value(kind: str, row: int, length: int) -> str:
    value = EXTREMES[kind][row]
    return f"left({value}, {length})" if kind == "character varying" and length > 0 else f"cast({value} as {kind})"
