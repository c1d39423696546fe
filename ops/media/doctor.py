"""Whether learners' files are copied, and how their bucket is set up."""

from collections.abc import Iterator
from datetime import datetime

from ops.backups.findings import Finding
from ops.backups.stores.bucket import examine_bucket
from ops.media.config import MediaConfig, open_bucket


def examine(config: MediaConfig, now: datetime) -> Iterator[Finding]:
    """Run every check; none changes anything."""
    if not config.settings.s3_bucket:
        yield Finding("media", True, f"in {config.folder}, copied nowhere (S3_BUCKET is not set)")
        return
    yield from examine_bucket(open_bucket(config), now)
