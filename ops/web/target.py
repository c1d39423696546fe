"""Which client is published, and where to, when the command does not say."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ops.environment.settings import read_group
from ops.web.site import FolderSite, Site

CLIENT: Final = Path(__file__).parents[2] / "web" / "dist"  # in a checkout and in the image
GROUP: Final = "client"


def find_site(folder: Path | None, file: Path, environ: Mapping[str, str]) -> Site:
    """Return the folder, else the bucket of the settings, those of the environment before those of the file.

    Raises:
        ConfigurationError: no bucket is set, or a setting cannot be used.
    """
    if folder:
        return FolderSite(folder)
    from ops.web.bucket import BucketSite, bucket_of

    return BucketSite(bucket_of(read_group(GROUP, file, environ)))
