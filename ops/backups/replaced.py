"""Retention of the databases that restores replaced: what nobody went back to goes after a week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ops.backups import swap
from ops.backups.config import BackupConfig
from ops.backups.target import open_target
from ops.durations import spoken
from ops.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a replaced database is kept, and the reason."""

    name: str
    keep: bool
    reason: str


def review(config: BackupConfig, variables: Mapping[str, str], now: datetime, *, drop: bool) -> list[Verdict]:
    """Judge each, and drop what is not kept if that is wanted; nothing, where nothing could have been restored.

    Raises:
        BackupError: the server does not answer.
    """
    try:
        with open_target(config, variables) as target, target.connect() as connection:
            found = swap.replaced(connection, target.name)
            if drop:
                swap.drop_expired(connection, target.name, now)
    except ConfigurationError:
        return []
    return [Verdict(old.name, not old.is_expired(now), _reason(old.at, now)) for old in found]


def _reason(replaced: datetime, now: datetime) -> str:
    return f"replaced by a restore {spoken(now - replaced)} ago, kept for {swap.KEEP.days} days"
