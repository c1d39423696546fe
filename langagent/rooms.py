"""Every room of the product, built once and wired to the others by events."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from langagent.accounts.correspondents.service import Correspondents
from langagent.accounts.room import open_accounts
from langagent.cards.room import open_cards
from langagent.chats import register_chats
from langagent.core.chat.registry import Registry
from langagent.core.floor import Floor
from langagent.core.http.operation import Operation
from langagent.core.http.principal import Authenticator
from langagent.jobs import routes as job_routes
from langagent.jobs.service import Jobs
from langagent.jobs.tasks import Purge
from langagent.media.room import open_media
from langagent.notifications.room import open_notifications
from langagent.study.room import open_study


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the rooms offer over HTTP, in chats, to the worker, at start-up, to the clean-up and at night.

    Attributes:
        nightly: kinds of jobs.
    """

    jobs: Jobs
    authenticator: Authenticator
    correspondents: Correspondents
    registry: Registry
    operations: tuple[Operation, ...]
    on_start: tuple[Callable[[], Awaitable[None]], ...]
    purges: tuple[Purge, ...]
    nightly: tuple[str, ...]


def open_rooms(floor: Floor) -> Rooms:
    """Builds the rooms from the lowest to the highest."""
    jobs = Jobs(floor.database)
    accounts = open_accounts(floor, jobs)
    media = open_media(floor, jobs, accounts)
    notifications = open_notifications(floor, accounts)
    cards = open_cards(floor, accounts)
    study = open_study(floor, jobs, accounts)
    return Rooms(
        jobs=jobs,
        authenticator=accounts.authenticator,
        correspondents=Correspondents(floor, accounts.users),
        registry=register_chats(floor, accounts, cards, study),
        # Routes are tried in this order: the busiest room comes first.
        operations=(
            *study.operations,
            *cards.operations,
            *accounts.operations,
            *notifications.operations,
            *media.operations,
            *job_routes.operations(jobs),
        ),
        on_start=(accounts.users.appoint_admins,),
        purges=(*accounts.purges, *media.purges, *notifications.purges, *cards.purges),
        nightly=study.nightly,
    )
