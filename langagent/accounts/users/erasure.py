"""Erasing an account: the person at once, the rest after 30 days."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from langagent.accounts.onboarding.service import Drafts
from langagent.accounts.sessions.memory import SessionMemory
from langagent.accounts.sessions.service import Sessions
from langagent.accounts.users import queries
from langagent.accounts.users.events import AccountErased
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal
from langagent.jobs.service import Jobs, Run

PURGE_ACCOUNT: Final = "purge_account"
PURGE_AFTER: Final = timedelta(days=30)


class Erasure:
    """What DELETE /api/users/me begins and the job `purge_account` ends."""

    def __init__(self, floor: Floor, sessions: Sessions, memory: SessionMemory, drafts: Drafts, jobs: Jobs) -> None:
        self._floor = floor
        self._drafts = drafts
        self._sessions = sessions
        self._memory = memory
        self._jobs = jobs
        jobs.handle(PURGE_ACCOUNT, self._purge)

    async def begin(self, principal: Principal) -> None:
        """Signs the learner out everywhere, blanks the account and lets the rooms remove what must go at once."""
        user_id, now = principal.user_id, self._floor.clock()
        async with self._floor.database.unit_of_work() as connection:
            ended = await self._sessions.revoke_all(connection, user_id, "account_erased")
            await queries.erase(connection, user_id, now)
            await self._floor.events.publish(connection, AccountErased(user_id))
            # The job has no owner: it must outlive the row that it deletes.
            await self._jobs.enqueue(
                connection,
                PURGE_ACCOUNT,
                params={"user_id": str(user_id)},
                lane=f"{PURGE_ACCOUNT}:{user_id}",
                dedupe_key=f"{PURGE_ACCOUNT}:{user_id}",
                not_before=now + PURGE_AFTER,
            )
        await self._memory.revoke(user_id, ended)
        await self._drafts.drop(user_id)

    async def _purge(self, run: Run) -> None:
        async with self._floor.database.unit_of_work() as connection:
            await run.complete(connection)
            await queries.purge(connection, UUID(run.job.params["user_id"]))
