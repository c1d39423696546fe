"""A worker of the probe queue as a process of its own: `python -m … URL NAME`; a row planned to hang does so once."""

import asyncio
import sys

from langagent.core.database import Database
from langagent.core.queue.models import Claim
from langagent.core.queue.session import Session
from langagent.settings import Secret
from tests.langagent.core.queue.probe import TABLE, Probe, consumer


async def work(url: Secret, name: str) -> None:
    database = Database(url, pool_size=4)
    await database.connect()
    probe = Probe(database)

    async def handle(claim: Claim) -> None:
        if claim.row["plan"] == "hang" and not claim.deaths:
            sys.stdout.write("in hand\n")
            sys.stdout.flush()
            await asyncio.Event().wait()
        await probe.act(claim)

    one = consumer(database, handle, worker=name)
    session = Session(url, application_name="probe")
    await session.listen(TABLE.channel, one.wake)
    await asyncio.gather(session.run(), one.run(asyncio.Event()))


if __name__ == "__main__":
    asyncio.run(work(Secret(sys.argv[1]), sys.argv[2]))
