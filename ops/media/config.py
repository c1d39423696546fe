"""Where learners' files lie, and where their copies do."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from langagent.settings import Settings
from ops.backups.stores.base import Store
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import Bucket, S3Store
from ops.dev.project import find_project
from ops.environment.settings import read_group
from ops.errors import ConfigurationError, PreflightError

GROUP = "media"


@dataclass(frozen=True, slots=True)
class MediaConfig:
    """The settings of group `media`; `default_root` is the folder of a checkout."""

    settings: Settings
    default_root: Path | None = None

    @property
    def folder(self) -> Path | None:
        """The folder of the files; None when they lie in the bucket."""
        if self.settings.media_backend == "s3":
            return None
        unset = self.settings.media_root == Settings.media_root
        return self.default_root if self.default_root and unset else Path(self.settings.media_root)


def find_config(file: Path, environ: Mapping[str, str], state: Path | None = None) -> MediaConfig:
    """Read the variables, those of the environment before those of the file.

    Raises:
        ConfigurationError: a setting cannot be used; the message has every problem.
    """
    settings = read_group(GROUP, file, environ)
    try:
        return MediaConfig(settings, find_project(state).media)
    except PreflightError:
        return MediaConfig(settings)


def open_stores(config: MediaConfig) -> list[Store]:
    """Return where the files lie, and after it where their copies do, if anywhere.

    Raises:
        ConfigurationError: there is no bucket, though the files lie in one.
    """
    stores: list[Store] = [FolderStore(config.folder)] if config.folder else []
    if config.settings.s3_bucket or not stores:
        stores.append(open_bucket(config))
    return stores


def open_folder(config: MediaConfig) -> FolderStore:
    """Return the folder.

    Raises:
        ConfigurationError: the files lie in the bucket.
    """
    if config.folder is None:
        raise ConfigurationError(
            "Learners' files lie in the bucket (MEDIA_BACKEND is s3): there is nothing to copy.",
            state="Nothing was done.",
            next_command="langagent media verify",
        )
    return FolderStore(config.folder)


def open_bucket(config: MediaConfig) -> S3Store:
    """Return the bucket.

    Raises:
        ConfigurationError: there is none, or half of its key.
    """
    settings = config.settings
    if not settings.s3_bucket:
        raise ConfigurationError(
            "There is no bucket for learners' files: S3_BUCKET is not set.",
            state="Nothing was done.",
            next_command="set S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY",
        )
    if bool(settings.s3_access_key.reveal()) != bool(settings.s3_secret_key.reveal()):
        raise ConfigurationError(
            "Of S3_ACCESS_KEY and S3_SECRET_KEY only one is set.",
            state="Nothing was done.",
            next_command="set both",
        )
    return S3Store(
        Bucket(
            name=settings.s3_bucket,
            prefix=settings.s3_prefix,
            endpoint=settings.s3_endpoint,
            region=settings.s3_region,
            access_key=settings.s3_access_key.reveal(),
            secret_key=settings.s3_secret_key,
        )
    )
