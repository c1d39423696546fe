"""Which client is published, and where to, when the command does not say."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from langagent.settings import Settings, SettingsError
from ops.environment import dotenv
from ops.environment.example import PLACEHOLDER
from ops.errors import ConfigurationError
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
    values = {name: value for name, value in {**dotenv.read(file), **environ}.items() if PLACEHOLDER not in value}
    try:
        settings = Settings.of_group(GROUP, values)
    except SettingsError as error:
        raise ConfigurationError(f"The settings of the client cannot be used: {error}.") from error
    from ops.web.bucket import BucketSite, bucket_of

    return BucketSite(bucket_of(settings))
