"""Every room of the product, built once and wired to the others by events."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from langagent.accounts.room import open_accounts
from langagent.cards.room import open_cards
from langagent.core.floor import Floor
from langagent.core.http.operation import Operation
from langagent.core.http.principal import Authenticator
from langagent.jobs import routes as job_routes
from langagent.jobs.service import Jobs


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms' services and what they offer over HTTP."""

    jobs: Jobs
    authenticator: Authenticator
    operations: tuple[Operation, ...]
    on_start: tuple[Callable[[], Awaitable[None]], ...]


def open_rooms(floor: Floor) -> Rooms:
    """Builds the rooms from the lowest to the highest."""
    jobs = Jobs(floor.database)
    accounts = open_accounts(floor, jobs)
    cards = open_cards(floor, accounts)
    return Rooms(
        jobs=jobs,
        authenticator=accounts.authenticator,
        operations=(*job_routes.operations(jobs), *accounts.operations, *cards.operations),
        on_start=(accounts.users.appoint_admins,),
    )
