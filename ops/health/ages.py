"""How old the newest backup and the last drill are: what a disaster would cost now, and how long it would last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from psycopg import Error
from psycopg.conninfo import conninfo_to_dict

from ops.backups.catalogue import newest
from ops.backups.config import BackupConfig, open_stores
from ops.backups.database import Database, find_url, identify
from ops.backups.drill import Drill
from ops.backups.manifest import DatabaseIdentity, Manifest
from ops.backups.stores.base import Store, StoreError
from ops.durations import spoken
from ops.errors import BackupError, ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """Older than these, a backup or a drill is an alarm."""

    backup: timedelta = timedelta(hours=26)
    drill: timedelta = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class BackupAge:
    """The newest good backup in one store; `manifest` is None where there is none."""

    store: str
    manifest: Manifest | None = None
    problem: str = ""

    def as_document(self, now: datetime) -> dict[str, Any]:
        """Return its fields as JSON has them."""
        document: dict[str, Any] = {"store": self.store, "problem": self.problem}
        if made := self.manifest:
            document |= {"backup": made.id, "at": made.at.isoformat(), "age_seconds": _seconds(now - made.at)}
            document |= {"stored_bytes": made.stored_bytes, "duration_seconds": made.duration_seconds}
        return document


@dataclass(frozen=True, slots=True)
class DrillAge:
    """The last drill; `late` says that it is too long ago, `failed` that the backup did not restore."""

    drill: Drill | None = None
    late: str = ""
    failed: str = ""

    @property
    def problem(self) -> str:
        return self.failed or self.late

    def as_document(self, now: datetime) -> dict[str, Any]:
        """Return its fields as JSON has them; `seconds` is the measured recovery time."""
        if self.drill is None:
            return {"problem": self.problem}
        return {**self.drill.as_document(), "age_seconds": _seconds(now - self.drill.at), "problem": self.problem}


@dataclass(frozen=True, slots=True)
class Ages:
    """All of it, at one moment; `is_judged` is false where nobody relies on backups yet."""

    now: datetime
    backups: tuple[BackupAge, ...]
    drill: DrillAge
    is_judged: bool = True

    @property
    def problems(self) -> list[str]:
        """What is past its budget."""
        found = [*(age.problem for age in self.backups), self.drill.problem]
        return [problem for problem in found if problem] if self.is_judged else []

    def as_document(self) -> dict[str, Any]:
        """Return its fields as JSON has them."""
        backups = [age.as_document(self.now) for age in self.backups]
        return {"backups": backups, "drill": self.drill.as_document(self.now)}


def read_ages(config: BackupConfig, budgets: Budgets, now: datetime) -> Ages:
    """Ask the stores. Whatever is wrong is a problem in the answer, not an error.

    The folder of a checkout is for development: what is in it is told, and not judged.
    """
    is_judged = config.project is None or bool(config.settings.backup_folder or config.settings.backup_s3_bucket)
    try:
        stores = _opened(config)
    except ConfigurationError as error:
        return Ages(now, (BackupAge("none", problem=error.message),), DrillAge(late="No drill is known of."), is_judged)
    database = _whose(config, stores)
    backups = tuple(_backup(store, database, budgets.backup, now) for store in stores)
    return Ages(now, backups, _drill(stores, database, budgets.drill, now), is_judged)


@cache
def _opened(config: BackupConfig) -> Sequence[Store]:
    """Open the stores once in a process: every further client of a bucket takes memory that is never given back."""
    return open_stores(config)


def _whose(config: BackupConfig, stores: Sequence[Store]) -> DatabaseIdentity | None:
    """Return which database this is about: the one that answers, else that of its name which was backed up last."""
    url = find_url(config)
    if not url:
        return None
    try:
        with Database(url).connect("langagent health") as connection:
            return identify(connection)
    except (BackupError, Error):
        name = conninfo_to_dict(url)["dbname"]
    found = [_newest(store, lambda manifest: manifest.database.name == name)[0] for store in stores]
    known = sorted((manifest for manifest in found if manifest), key=lambda manifest: manifest.id)
    return known[-1].database if known else None


def _newest(store: Store, is_wanted: Callable[[Manifest], bool]) -> tuple[Manifest | None, str]:
    try:
        backup = newest(store, is_wanted)
    except StoreError as error:
        return None, error.message
    return (backup.manifest if backup else None), ""


def _backup(store: Store, database: DatabaseIdentity | None, budget: timedelta, now: datetime) -> BackupAge:
    manifest, problem = _newest(store, lambda manifest: manifest.database == database)
    if problem:
        return BackupAge(store.name, None, problem)
    if manifest is None:
        return BackupAge(store.name, None, f"There is no good backup of this database in {store.name}.")
    age = now - manifest.at
    late = f"The newest backup in {store.name} is {spoken(age)} old, more than {spoken(budget)}."
    return BackupAge(store.name, manifest, late if age > budget else "")


def _drill(stores: Sequence[Store], database: DatabaseIdentity | None, budget: timedelta, now: datetime) -> DrillAge:
    try:
        notes = [Drill.noted_in(store, database) for store in stores] if database else []
    except StoreError as error:
        return DrillAge(late=error.message)
    known = sorted((note for note in notes if note), key=lambda note: note.at)
    if not known:
        return DrillAge(late="No backup was ever restored as a drill.")
    last = known[-1]
    age = now - last.at
    late = f"The last drill was {spoken(age)} ago, more than {spoken(budget)}." if age > budget else ""
    failed = f"The last drill failed: backup {last.backup} does not restore: {last.problem}" if last.problem else ""
    return DrillAge(last, late, failed)


def _seconds(age: timedelta) -> int:
    return round(age.total_seconds())
