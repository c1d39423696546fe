"""Which backups stay and which go, and why. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything younger than `days`; beyond that one a day, week or month for as many of them as named."""

    days: int = 30
    daily: int = 0
    weekly: int = 0
    monthly: int = 0

    @property
    def outlives_days(self) -> bool:
        """Whether anything is kept for longer than `days`."""
        return bool(self.daily or self.weekly or self.monthly)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A backup as retention sees it; one that is not good protects nothing."""

    id: str
    at: datetime
    good: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a backup is kept, and the reason."""

    id: str
    keep: bool
    reason: str


def decide(backups: Sequence[Candidate], policy: Policy, now: datetime) -> list[Decision]:
    """Decide on each backup, the newest first; of several in a period, the newest stays."""
    newest_first = sorted(backups, key=lambda backup: (backup.at, backup.id), reverse=True)
    good = [backup for backup in newest_first if backup.good]
    reasons: dict[str, str] = {}
    for kept, reason in _periods(good, policy):
        reasons.setdefault(kept.id, reason)
    for kept in good[:FEWEST]:
        reasons[kept.id] = f"one of the {FEWEST} newest"
    if good:
        reasons[good[0].id] = "the newest"
    return [_decision(backup, reasons.get(backup.id, ""), policy, now) for backup in newest_first]


def _decision(backup: Candidate, reason: str, policy: Policy, now: datetime) -> Decision:
    young = now - backup.at < timedelta(days=policy.days)
    if young and not reason:
        reason = f"younger than {policy.days} days"
    if reason:
        return Decision(backup.id, keep=True, reason=reason if backup.good else f"damaged, but {reason}")
    return Decision(backup.id, keep=False, reason=f"{(now - backup.at).days} days old")


def _periods(good: Sequence[Candidate], policy: Policy) -> list[tuple[Candidate, str]]:
    kinds: list[tuple[str, int, Callable[[datetime], str]]] = [
        ("month", policy.monthly, lambda at: at.strftime("%Y-%m")),
        ("week", policy.weekly, lambda at: at.strftime("%G-W%V")),
        ("day", policy.daily, lambda at: at.strftime("%Y-%m-%d")),
    ]
    kept = []
    for kind, count, name in kinds:
        newest: dict[str, Candidate] = {}
        for backup in good:
            newest.setdefault(name(backup.at), backup)
        kept += [(backup, f"the newest of the {kind} {period}") for period, backup in list(newest.items())[:count]]
    return kept
