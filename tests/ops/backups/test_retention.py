"""Retention over two simulated years, against golden files; and what no policy may ever do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.backups.manifest import new_id
from ops.backups.retention import FEWEST, Candidate, Policy, decide

GOLDEN = Path(__file__).with_name("golden")
START = datetime(2024, 1, 1, 2, tzinfo=UTC)
POLICIES = {
    "thirty_days": Policy(),
    "one_week": Policy(days=7),
    "grandfather": Policy(days=7, daily=14, weekly=8, monthly=12),
    "monthly_only": Policy(days=1, monthly=24),
}


def two_years(policy: Policy) -> str:
    """What is kept at each month's end, with reasons, when a backup is made and pruned every day (but in one July)."""
    kept: list[Candidate] = []
    lines = []
    for day in range(731):
        now = START + timedelta(days=day)
        if now.strftime("%Y-%m") != "2025-07":
            kept.append(Candidate(new_id(now), now, good=day % 97 != 0))
        decisions = {decision.id: decision for decision in decide(kept, policy, now)}
        kept = [backup for backup in kept if decisions[backup.id].keep]
        if (now + timedelta(days=1)).day == 1:
            lines.append(f"{now:%Y-%m-%d}: {len(kept)}")
            lines += [f"  {backup.id[7:15]} {decisions[backup.id].reason}" for backup in kept]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", POLICIES)
def test_two_years(name: str) -> None:
    assert two_years(POLICIES[name]) == (GOLDEN / f"{name}.txt").read_text()


@given(
    hours=st.lists(st.integers(0, 20_000), max_size=40, unique=True),
    bad=st.sets(st.integers(0, 39)),
    policy=st.builds(
        Policy,
        days=st.integers(1, 60),
        daily=st.integers(0, 9),
        weekly=st.integers(0, 9),
        monthly=st.integers(0, 9),
    ),
    later=st.integers(0, 20_000),
)
def test_what_no_policy_does(hours: list[int], bad: set[int], policy: Policy, later: int) -> None:
    backups = [
        Candidate(new_id(START + timedelta(hours=hour)), START + timedelta(hours=hour), good=number not in bad)
        for number, hour in enumerate(hours)
    ]
    now = START + timedelta(hours=later)
    decisions = decide(backups, policy, now)
    assert sorted(decision.id for decision in decisions) == sorted(backup.id for backup in backups)
    assert all(decision.reason for decision in decisions)
    kept = {decision.id for decision in decisions if decision.keep}
    good = sorted((backup.id for backup in backups if backup.good), reverse=True)
    assert kept >= set(good[:FEWEST])
    assert kept >= {backup.id for backup in backups if now - backup.at < timedelta(days=policy.days)}


def test_a_damaged_backup_protects_nothing() -> None:
    backups = [Candidate(str(day), START + timedelta(days=day), good=day != 5) for day in range(6)]
    decisions = decide(backups, Policy(days=1), START + timedelta(days=100))
    assert [decision.id for decision in decisions if decision.keep] == ["4", "3", "2"]


def test_of_one_day_the_newest_stays() -> None:
    backups = [Candidate(f"{hour:02}", START + timedelta(hours=hour)) for hour in range(20)]
    decisions = decide(backups, Policy(days=1, daily=1), START + timedelta(days=40))
    assert [(decision.id, decision.reason) for decision in decisions if decision.keep] == [
        ("19", "the newest"),
        ("18", "one of the 3 newest"),
        ("17", "one of the 3 newest"),
    ]
