"""A database that resembles ours: words and sentences, reviews, rows that compress and some that do not."""

from typing import Final

import psycopg

ROWS_PER_MEGABYTE: Final = 2_600
_TABLES: Final = (
    "create table cards (id bigint primary key, owner uuid, word text, sentence text, fields jsonb, made timestamptz)",
    "create table reviews (id bigint primary key, card bigint, rating smallint, stability float8, at timestamptz)",
)
_CARDS: Final = """
insert into cards
select n, gen_random_uuid(), 'word ' || md5(n::text), 'A sentence with ' || md5((n * 7)::text) || ' in the middle.',
    jsonb_build_object('reading', md5((n * 3)::text), 'tags', array['a1', 'noun'], 'rank', n %% 5000),
    timestamptz '2026-01-01' + n * interval '1 second'
from generate_series(1, %s) n
"""
_REVIEWS: Final = """
insert into reviews
select n, n %% %s, 1 + n %% 4, random() * 100, timestamptz '2026-01-01' + n * interval '7 seconds'
from generate_series(1, %s) n
"""


def fill(url: str, megabytes: int) -> None:
    """Make some `megabytes` of tables."""
    rows = megabytes * ROWS_PER_MEGABYTE
    with psycopg.connect(url, autocommit=True) as connection:
        for table in _TABLES:
            connection.execute(table)
        connection.execute(_CARDS, (rows,))
        connection.execute(_REVIEWS, (rows, rows * 2))
        connection.execute("vacuum analyze")
