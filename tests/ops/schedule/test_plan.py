"""When tasks are due."""

from datetime import UTC, datetime, time, timedelta

import pytest

from ops.schedule.plan import After, Daily, Every, Record, Rule, Weekly, is_due, retry_after

NIGHTLY = Daily(time(2), timedelta(minutes=10))
SUNDAYS = Weekly(6, NIGHTLY)
HOURLY = Every(timedelta(hours=1))
AFTER = After("backup")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "last", "now", "due"),
    [
        (NIGHTLY, "", "2026-03-04 12:00", True),
        (NIGHTLY, "2026-03-03 02:10", "2026-03-04 02:09", False),
        (NIGHTLY, "2026-03-03 02:10", "2026-03-04 02:10", True),
        (NIGHTLY, "2026-03-04 02:01", "2026-03-04 02:15", False),
        (NIGHTLY, "2026-03-03 01:59", "2026-03-03 02:10", True),
        (NIGHTLY, "2026-03-02 02:10", "2026-03-04 01:00", True),
        (Daily(time(23, 55), timedelta(minutes=10)), "2026-03-03 00:05", "2026-03-04 00:04", False),
        (Daily(time(23, 55), timedelta(minutes=10)), "2026-03-03 00:05", "2026-03-04 00:05", True),
        (SUNDAYS, "2026-02-22 02:10", "2026-03-01 02:09", False),
        (SUNDAYS, "2026-02-22 02:10", "2026-03-01 02:10", True),
        (SUNDAYS, "2026-02-22 02:10", "2026-03-05 09:00", True),
        (SUNDAYS, "2026-03-01 02:10", "2026-03-07 23:59", False),
        (SUNDAYS, "", "2026-03-05 09:00", True),
        (HOURLY, "2026-03-04 11:01", "2026-03-04 12:00", False),
        (HOURLY, "2026-03-04 10:59", "2026-03-04 12:00", True),
    ],
)
def test_a_task_is_due_until_it_was_done(rule: Rule, last: str, now: str, due: bool) -> None:
    records = {"task": Record(began=at(last), ended=at(last))} if last else {}
    assert is_due(rule, "task", at(now), records) is due


@pytest.mark.parametrize(
    ("backup_ended", "began", "due"),
    [
        ("", "", False),
        ("2026-03-04 02:30", "", True),
        ("2026-03-04 02:30", "2026-03-03 02:30", True),
        ("2026-03-04 02:30", "2026-03-04 02:31", False),
    ],
)
def test_one_task_follows_another(backup_ended: str, began: str, due: bool) -> None:
    moments = {"backup": backup_ended, "task": began}
    records = {name: Record(began=at(moment), ended=at(moment)) for name, moment in moments.items() if moment}
    assert is_due(AFTER, "task", at("2026-03-04 03:00"), records) is due


@pytest.mark.parametrize(("minutes", "due"), [(4, False), (5, True)])
def test_what_failed_is_tried_again_a_little_later(minutes: int, due: bool) -> None:
    failed = at("2026-03-04 02:11")
    records = {"task": Record(began=at("2026-03-03 02:10"), ended=at("2026-03-03 02:11"), failures=1, failed=failed)}
    assert is_due(NIGHTLY, "task", failed + timedelta(minutes=minutes), records) is due


def test_the_pauses_grow_up_to_an_hour() -> None:
    assert [retry_after(failures).seconds // 60 for failures in range(1, 7)] == [5, 10, 20, 40, 60, 60]
