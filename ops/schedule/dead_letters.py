"""Work that the product gave up after all tries, which somebody has to look at."""

from contextlib import closing
from typing import Final

import psycopg

_GIVEN_UP: Final = """
select
    (select count(*) from tg_inbox where done_at > now() - interval '1 hour' and failed_at is not null),
    (select count(*) from jobs where done_at > now() - interval '1 hour' and failed_at is not null)
"""
_SEE: Final = (
    "select error from tg_inbox where failed_at is not null; select kind, error from jobs where failed_at is not null"
)


def describe_dead_letters(url: str) -> str:
    """Return what was given up in the last hour, in words; empty when nothing was.

    A database that does not answer, or has no tables yet, is told of elsewhere; an empty `url` stands for none.
    """
    if not url:
        return ""
    try:
        with closing(psycopg.connect(url, autocommit=True, connect_timeout=5)) as connection:
            updates, jobs = connection.execute(_GIVEN_UP).fetchone() or (0, 0)
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return ""
    return "" if not updates + jobs else _said(updates, jobs)


def _said(updates: int, jobs: int) -> str:
    return f"In the last hour, updates of the bot: {updates}, jobs: {jobs}. Nothing else waits for them. See: {_SEE}"
