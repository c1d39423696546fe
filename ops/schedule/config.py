"""What the owner chose: when, how old things may become, where it is noted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from langagent.settings import Secret, Settings
from ops.backups.config import BackupConfig, find_config
from ops.certificates.folder import Folder
from ops.environment.settings import read_group
from ops.errors import PreflightError
from ops.health.ages import Budgets

IN_THE_IMAGE: Final = Path("/var/lib/langagent/schedule")


@dataclass(frozen=True, slots=True)
class ScheduleConfig:
    """The settings of group `schedule`, those of the backups, and what else the process looks after.

    Attributes:
        renew_days: a certificate that lasts less is renewed.
        copies_media: learners' files lie in a folder, and there is a bucket for their copies.
    """

    settings: Settings
    backups: BackupConfig
    heartbeat_url: Secret = Secret("")
    renew_days: int = 30
    certificates: Folder = field(default_factory=Folder)
    copies_media: bool = False

    @property
    def folder(self) -> Path:
        """Where it is noted what was done."""
        if self.settings.schedule_folder:
            return Path(self.settings.schedule_folder)
        return self.backups.project.state / "schedule" if self.backups.project else IN_THE_IMAGE

    @property
    def budgets(self) -> Budgets:
        return Budgets(
            backup=timedelta(hours=self.settings.backup_max_age_hours),
            drill=timedelta(days=self.settings.drill_max_age_days),
        )

    @property
    def has_certificate(self) -> bool:
        """Whether a proxy takes its certificate from here."""
        return self.certificates.in_use() is not None

    @property
    def can_drill(self) -> bool:
        """Whether backups can be restored here: there is a server for that, and the identity if they are encrypted."""
        chosen = self.backups.settings
        has_server = bool(chosen.restore_database_url or self.backups.project)
        return has_server and bool(chosen.backup_identity_file or not chosen.backup_recipient)

    def prepare(self) -> None:
        """Make the folder.

        Raises:
            PreflightError: it cannot be written.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / ".writable").touch()
        except OSError as error:
            raise PreflightError(
                f"The folder {self.folder} cannot be written: {error.strerror}.",
                state="Nothing was started.",
                next_command="set SCHEDULE_FOLDER to a folder, or volume, that this user may write",
            ) from error


def find_schedule(file: Path, environ: Mapping[str, str], state: Path | None = None) -> ScheduleConfig:
    """Read the variables, those of the environment before those of the file.

    Raises:
        ConfigurationError: a setting cannot be used; the message has every problem of its group.
    """
    media = read_group("media", file, environ)
    return ScheduleConfig(
        read_group("schedule", file, environ),
        find_config(file, environ, state),
        read_group("alerts", file, environ).heartbeat_url,
        read_group("server", file, environ).acme_renew_days,
        copies_media=media.media_backend == "local" and bool(media.s3_bucket),
    )
