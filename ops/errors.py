"""Errors a person can act on: what happened, what state things are in, which command comes next."""


class OpsError(Exception):
    """Something failed in a way that is understood."""

    def __init__(self, message: str, *, state: str = "", next_command: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.state = state
        self.next_command = next_command


class PreflightError(OpsError):
    """Refused before anything was changed."""


class HostError(OpsError):
    """A machine did not do what it was told: a command failed, took too long, or the connection was lost."""


class HostKeyError(OpsError):
    """The machine's host key is unknown or has changed; nothing was sent to it."""


class RolledBackError(OpsError):
    """A release failed and was taken back; the old one serves."""


class StuckError(OpsError):
    """A release failed and could not be taken back: someone has to act now."""


class StaleError(OpsError):
    """A backup, a drill or a certificate is past its budget."""


class LockedError(OpsError):
    """Someone else holds what is needed; the message names the holder."""


class VerificationError(OpsError):
    """What is stored does not match its recorded checksum."""


class MigrationError(OpsError):
    """A migration failed; its file was rolled back unless the state says otherwise."""


class BackupError(OpsError):
    """A backup or a restore failed; nothing half done counts as a backup."""


class ConfigurationError(OpsError):
    """What the person gave (options, files, variables) cannot be used."""
