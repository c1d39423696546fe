"""Which database is backed up, to where, and how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from langagent.settings import Settings
from ops.backups.retention import Policy
from ops.backups.stores.base import MIB, Store
from ops.dev.project import Project, find_project
from ops.environment.settings import read_group
from ops.errors import ConfigurationError, PreflightError

GROUP = "backup"


@dataclass(frozen=True, slots=True)
class BackupConfig:
    """The settings of group `backup`, and the checkout whose database and folder serve where they are silent."""

    settings: Settings
    project: Project | None = None

    @property
    def folder(self) -> Path | None:
        """The folder of backups: the one that is set, else in a checkout without a bucket, one beside the database."""
        if self.settings.backup_folder:
            return Path(self.settings.backup_folder)
        return self.project.state / "backups" if self.project and not self.settings.backup_s3_bucket else None

    @property
    def policy(self) -> Policy:
        chosen = self.settings
        return Policy(
            days=chosen.backup_keep_days,
            daily=chosen.backup_keep_daily,
            weekly=chosen.backup_keep_weekly,
            monthly=chosen.backup_keep_monthly,
        )

    @property
    def identity_file(self) -> Path | None:
        return Path(self.settings.backup_identity_file) if self.settings.backup_identity_file else None


def find_config(file: Path, environ: Mapping[str, str], state: Path | None = None) -> BackupConfig:
    """Read the variables, those of the environment before those of the file.

    Raises:
        ConfigurationError: a setting cannot be used; the message has every problem.
    """
    settings = read_group(GROUP, file, environ)
    for name in ("backup_database_url", "restore_database_url"):
        _require_address(name.upper(), getattr(settings, name).reveal())
    try:
        return BackupConfig(settings, find_project(state))
    except PreflightError:
        return BackupConfig(settings)


def _require_address(name: str, url: str) -> None:
    """Refuse what libpq could not read, whose own words would show the password."""
    try:
        is_one = not url or "dbname" in conninfo_to_dict(url)
    except psycopg.Error:
        is_one = False
    if not is_one:
        raise ConfigurationError(
            f"{name} is no address of a PostgreSQL database.",
            state="Nothing was done.",
            next_command="write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE, with %40 for @ in a password",
        )


def open_stores(config: BackupConfig) -> list[Store]:
    """Return every store that is set, the nearest first.

    Raises:
        ConfigurationError: there is none, or a bucket without its key.
    """
    stores = open_stores_if_any(config)
    if not stores:
        raise ConfigurationError(
            "There is nowhere to put backups: neither BACKUP_S3_BUCKET nor BACKUP_FOLDER is set.",
            state="Nothing was done.",
            next_command="langagent env check",
        )
    return stores


def open_stores_if_any(config: BackupConfig) -> list[Store]:
    """Return every store that is set; none is fine.

    Raises:
        ConfigurationError: there is a bucket without its key.
    """
    stores: list[Store] = []
    if config.folder:
        from ops.backups.stores.folder import FolderStore

        stores.append(FolderStore(config.folder))
    if config.settings.backup_s3_bucket:
        stores.append(_bucket(config.settings))
    return stores


def _bucket(settings: Settings) -> Store:
    if not settings.backup_s3_access_key.reveal() or not settings.backup_s3_secret_key.reveal():
        raise ConfigurationError(
            "BACKUP_S3_BUCKET is set, and BACKUP_S3_ACCESS_KEY or BACKUP_S3_SECRET_KEY is not.",
            state="Nothing was done.",
            next_command="make a key for this bucket only, and set both",
        )
    from ops.backups.stores.s3 import Bucket, S3Store

    return S3Store(
        Bucket(
            name=settings.backup_s3_bucket,
            prefix=settings.backup_s3_prefix,
            endpoint=settings.backup_s3_endpoint,
            region=settings.backup_s3_region,
            access_key=settings.backup_s3_access_key.reveal(),
            secret_key=settings.backup_s3_secret_key,
            checksum=settings.backup_s3_checksum,
            part_bytes=settings.backup_s3_part_mib * MIB,
        )
    )
