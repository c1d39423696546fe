"""The record that makes a stored dump a backup: written last, and proof of every byte."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from ops.errors import VerificationError

FOLDER = "database/"
FORMAT = 1
SUFFIX = ".json"
_ID = "backup_%Y%m%d_%H%M%S"


@dataclass(frozen=True, slots=True)
class DatabaseIdentity:
    """Which database a backup is of: two clusters never share the system identifier that initdb gave them."""

    name: str
    system: str

    @property
    def label(self) -> str:
        """What it is called in names of objects."""
        return f"{quote(self.name, safe='')}_{self.system}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup is and what its object must be; `stored_bytes` and `sha256` are of the object as it is stored."""

    id: str
    object: str
    database: DatabaseIdentity
    sha256: str
    stored_bytes: int
    raw_bytes: int
    postgres: str
    extensions: Mapping[str, str]
    schema_revision: int | None
    release: str
    rows: Mapping[str, int]
    duration_seconds: float
    recipient: str

    @property
    def at(self) -> datetime:
        """When it was begun: the moment whose data it holds."""
        return time_of(self.id)

    @property
    def postgres_major(self) -> int:
        return int(self.postgres.partition(".")[0])

    @property
    def key(self) -> str:
        """The name of the manifest itself in a store."""
        return FOLDER + self.id + SUFFIX

    def as_document(self) -> dict[str, Any]:
        """Return its fields as JSON has them."""
        return asdict(self)

    def encode(self) -> bytes:
        """Return the manifest's only spelling, closed by a digest of itself."""
        fields = {"format": FORMAT, **self.as_document()}
        return _spelling({**fields, "manifest_sha256": _digest(fields)})


def parse(data: bytes) -> Manifest:
    """Read a stored manifest.

    Raises:
        VerificationError: a byte of it is not as it was written.
    """
    try:
        fields: dict[str, Any] = json.loads(data)
        told = fields.pop("manifest_sha256")
        if fields.pop("format") != FORMAT or told != _digest({"format": FORMAT, **fields}):
            raise ValueError("its digest differs")
        manifest = Manifest(**{**fields, "database": DatabaseIdentity(**fields["database"])})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise VerificationError(f"The manifest is damaged: {error}.") from error
    if manifest.encode() != data:
        raise VerificationError("The manifest is damaged: it is not spelt as it was written.")
    return manifest


def new_id(now: datetime) -> str:
    """Return the id of a backup begun at this moment."""
    return now.astimezone(UTC).strftime(_ID)


def time_of(backup_id: str) -> datetime:
    """Return when a backup was begun.

    Raises:
        ValueError: that is no id of a backup.
    """
    return datetime.strptime(backup_id, _ID).replace(tzinfo=UTC)


def object_key(backup_id: str, *, encrypted: bool) -> str:
    """Return the name of a dump in a store."""
    return f"{FOLDER}{backup_id}.dump.zst" + (".age" if encrypted else "")


def _spelling(fields: Mapping[str, object]) -> bytes:
    return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _digest(fields: Mapping[str, object]) -> str:
    return hashlib.sha256(_spelling(fields)).hexdigest()
