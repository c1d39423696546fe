"""Every room of the product, built once and wired to the others by events."""

from dataclasses import dataclass

from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.operation import Operation
from langagent.core.http.principal import Allowance, Authenticator, Principal


class _Nobody:
    async def authenticate(self, token: str) -> tuple[Principal, Allowance | None]:  # noqa: ARG002
        raise AppError(ErrorCode.AUTH_FAILED)


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms' services and what they offer over HTTP."""

    authenticator: Authenticator
    operations: tuple[Operation, ...]


def open_rooms(floor: Floor) -> Rooms:  # noqa: ARG001
    """Builds the rooms from the lowest to the highest."""
    return Rooms(authenticator=_Nobody(), operations=())
