"""The door to the outbox."""

from collections.abc import Sequence

from langagent.core.chat.models import Outgoing
from langagent.core.database import Connection
from langagent.notifications.outbox import queries
from langagent.notifications.outbox.models import Address, Stamp

_AT_ONCE = Stamp()


async def put(connection: Connection, address: Address, messages: Sequence[Outgoing], stamp: Stamp = _AT_ONCE) -> None:
    """Stores messages in the caller's transaction: they are sent, in this order, when it commits, and else never."""
    await queries.insert(connection, address, messages, stamp)
