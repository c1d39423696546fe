"""A claim stays cheap however many rows wait: it reads its indexes and a small part of the table."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from langagent.core.queue import queries
from langagent.jobs.models import TABLE

LEASE = timedelta(seconds=60)
PAGES = 1_000


def explain(connection: psycopg.Connection[Any]) -> tuple[int, set[str]]:
    """How many pages a claim of one row touches, and how it scans the table."""
    prepared = queries._of(TABLE, queries._CLAIM).replace("$1", "'ann'").replace("$2", "1").replace("$3", f"'{LEASE}'")
    with connection.transaction(force_rollback=True):
        row = connection.execute(f"explain (analyze, buffers, format json) {prepared}").fetchone()
    assert row is not None
    plan = row[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], set(_scans(plan))


def _scans(plan: dict[str, Any]) -> list[str]:
    found = [plan["Index Name"]] if "Index Name" in plan else []
    found += ["Seq Scan"] if plan["Node Type"] == "Seq Scan" else []
    return found + [name for child in plan.get("Plans", ()) for name in _scans(child)]


@pytest.mark.parametrize("lanes", [1, 500, 10_000])
def test_with_ten_thousand_rows_waiting_and_ten_thousand_done(owner_url: str, lanes: int) -> None:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(
            "insert into jobs (kind, lane, done_at) select 'x', i, now() from generate_series(1, 10000) i"
        )
        insert = "insert into jobs (kind, lane) select 'x', mod(i, %s)::text from generate_series(1, 10000) i"
        connection.execute(insert, (lanes,))
        connection.execute("analyze jobs")
        pages, scans = explain(connection)
    assert pages < PAGES
    assert scans == {"jobs_waiting_idx", "jobs_lane_held_key", "jobs_pkey"}
