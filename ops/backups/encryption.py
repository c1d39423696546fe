"""age: encrypt to a public key on the way out, decrypt with the private one on the way back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pyrage  # type: ignore[import-untyped]

from ops.backups.stores.base import Reader
from ops.errors import ConfigurationError

CHUNK = 1 << 20


class Writer(Protocol):
    def write(self, data: bytes, /) -> object: ...


class UndecryptableError(Exception):
    """The stream does not open: it is damaged, or meant for another key."""


def check_recipient(text: str) -> None:
    """Refuse what is no public key.

    Raises:
        ConfigurationError: it is none.
    """
    _recipient(text)


def read_identities(file: Path) -> list[Any]:
    """Return the private keys of an age identity file.

    Raises:
        ConfigurationError: the file cannot be read or holds none.
    """
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise ConfigurationError(
            f"{file} cannot be used as an age identity: {error}.",
            state="Nothing was changed.",
            next_command="set BACKUP_IDENTITY_FILE",
        ) from error
    if not found:
        raise ConfigurationError(
            f"{file} holds no age identity.", state="Nothing was changed.", next_command="set BACKUP_IDENTITY_FILE"
        )
    return found


def encrypt(source: Reader, target: Writer, recipient: str) -> None:
    """Copy a stream, encrypted to the recipient unless that is empty."""
    if not recipient:
        _copy(source, target)
        return
    keys = [_recipient(recipient)]
    _through(source, target, lambda reader, writer: pyrage.encrypt_io(reader, writer, keys))


def decrypt(source: Reader, target: Writer, identities: list[Any] | None) -> None:
    """Copy a stream, decrypted by one of the identities; None means that it is not encrypted.

    Raises:
        UndecryptableError: it does not open.
    """
    if identities is None:
        _copy(source, target)
        return
    _through(source, target, lambda reader, writer: _decrypt(reader, writer, identities))


def _decrypt(reader: Any, writer: Any, identities: list[Any]) -> None:
    try:
        pyrage.decrypt_io(reader, writer, identities)
    except (pyrage.DecryptError, OSError) as error:
        raise UndecryptableError(str(error)) from error


def _through(source: Reader, target: Writer, work: Callable[[Any, Any], None]) -> None:
    ends = _Ends(source, target)
    try:
        work(ends, ends)
    except Exception:
        if ends.failure:
            raise ends.failure from None
        raise


class _Ends:
    """Both ends of pyrage's pipe. It turns errors of ours into its own: they are kept here, to be raised again."""

    def __init__(self, source: Reader, target: Writer) -> None:
        self._source = source
        self._target = target
        self.failure: Exception | None = None

    def read(self, size: int) -> bytes:
        try:
            return self._source.read(size)
        except Exception as error:
            self.failure = self.failure or error
            raise

    def write(self, data: bytes) -> int:
        try:
            self._target.write(data)
        except Exception as error:
            self.failure = self.failure or error
            raise
        return len(data)

    def flush(self) -> None:
        """Part of what pyrage asks of a file; nothing is held back here."""


def _copy(source: Reader, target: Writer) -> None:
    while data := source.read(CHUNK):
        target.write(data)


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise ConfigurationError(
            f"BACKUP_RECIPIENT is no age public key: {error}.",
            state="Nothing was backed up.",
            next_command="age-keygen -o identity.txt (keep that file away from the server)",
        ) from error
