"""Whether learners' files are copied, and how their bucket is set up."""

from collections.abc import Iterator
from datetime import datetime

from ops.backups.findings import Finding, out_of_reach
from ops.backups.stores.base import StoreError
from ops.backups.stores.bucket import examine_bucket, require_access
from ops.media.config import MediaConfig, open_bucket


def examine(config: MediaConfig, now: datetime) -> Iterator[Finding]:
    """Run every check; none changes anything."""
    if not config.settings.s3_bucket:
        yield Finding("media", True, f"in {config.folder}, copied nowhere (S3_BUCKET is not set)")
        return
    bucket = open_bucket(config)
    try:
        require_access(bucket)
    except StoreError as error:
        yield out_of_reach(bucket, error)
    else:
        yield from examine_bucket(bucket, now)
