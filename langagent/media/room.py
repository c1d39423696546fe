"""The media room, built whole."""

from dataclasses import dataclass
from pathlib import Path

from langagent.accounts.room import Accounts
from langagent.core.floor import Floor
from langagent.core.http.operation import Operation
from langagent.jobs.service import Jobs
from langagent.jobs.tasks import Purge
from langagent.media import queries
from langagent.media.folder import FolderStorage
from langagent.media.links import Links
from langagent.media.routes import MediaRoutes
from langagent.media.service import Media
from langagent.media.storage import Storage
from langagent.media.tasks import Removal
from langagent.settings import Settings


@dataclass(frozen=True, slots=True)
class MediaRoom:
    """What the rooms above build on; ``purges`` are for the nightly clean-up."""

    media: Media
    operations: tuple[Operation, ...]
    purges: tuple[Purge, ...]


def open_media(floor: Floor, jobs: Jobs, accounts: Accounts) -> MediaRoom:
    links = Links(floor.settings, floor.clock)
    storage = open_storage(floor.settings, links)
    removal = Removal(floor, storage, jobs)
    media = Media(floor, storage, links, removal)
    accounts.personal.collect("media", queries.exported)
    return MediaRoom(media=media, operations=MediaRoutes(media, storage).operations(), purges=(removal.purge,))


def open_storage(settings: Settings, links: Links) -> Storage:
    """The storage that MEDIA_BACKEND names."""
    if settings.media_backend == "s3":
        from langagent.media.s3 import S3Storage

        return S3Storage(settings)
    return FolderStorage(Path(settings.media_root), links)
