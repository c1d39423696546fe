"""The door to the outbox."""

from collections.abc import Sequence

from langagent.core.chat.models import Outgoing
from langagent.core.database import Connection
from langagent.core.queue.models import Claim, ClaimLost
from langagent.notifications.outbox import queries
from langagent.notifications.outbox.models import Address, Stamp
from langagent.notifications.outbox.parts import in_parts

_AT_ONCE = Stamp()


async def put(connection: Connection, address: Address, messages: Sequence[Outgoing], stamp: Stamp = _AT_ONCE) -> None:
    """Stores messages in the caller's transaction: they are sent, in this order, when it commits, and else never.

    Long texts are sent in parts.
    """
    await queries.insert(connection, address, _in_parts(messages), stamp)


async def answer(connection: Connection, claim: Claim, address: Address, messages: Sequence[Outgoing]) -> None:
    """Ends what was claimed, in its last statement, with the messages that answer it; wake the sender after the commit.

    Raises: ClaimLost when the row is not this worker's any more; the transaction must then be rolled back.
    """
    if not await queries.insert_and_complete(connection, claim, address, _in_parts(messages)):
        raise ClaimLost(claim.trace_id)
    claim.completed = True


def _in_parts(messages: Sequence[Outgoing]) -> list[Outgoing]:
    return [part for message in messages for part in in_parts(message)]
