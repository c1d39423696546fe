"""Optimisations: started when there are enough new reviews to find something in, by the learner or once a month."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from langagent.accounts.profiles.service import Profiles
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.jobs.service import Jobs
from langagent.study.optimisation import queries
from langagent.study.optimisation.rescheduling import RESCHEDULE
from langagent.study.optimisation.tasks import OPTIMISE

EVERY: Final = timedelta(days=30)
PROFILES_AT_ONCE: Final = 500
FEWEST_REVIEWS: Final = 400
FEWEST_NEW_REVIEWS: Final = 200


@dataclass(frozen=True, slots=True)
class Optimisation:
    floor: Floor
    profiles: Profiles
    jobs: Jobs

    async def start(self, user_id: UUID, profile_id: UUID) -> UUID:
        """The job that fits the profile's parameters; the one under way, if there is one.

        Raises: AppError PROFILE_NOT_FOUND, CONFLICT with how many reviews there are and how many it takes.
        """
        async with self.floor.database.unit_of_work() as connection:
            profile = await self.profiles.own(connection, user_id, profile_id)
            have = await queries.count(connection, user_id, profile_id)
            need = max(FEWEST_REVIEWS, profile.fsrs_review_count + FEWEST_NEW_REVIEWS)
            if have < need:
                raise AppError(ErrorCode.CONFLICT, details={"have": have, "need": need})
            return await self._enqueue(connection, OPTIMISE, user_id, profile_id)

    async def start_due(self, after: UUID) -> UUID | None:
        """Starts what is due among the profiles that follow ``after``, to run one after another.

        Returns: the last profile looked at, None when there are no more.
        """
        async with self.floor.database.unit_of_work() as connection:
            found = await queries.candidates(
                connection,
                after,
                self.floor.clock() - EVERY,
                FEWEST_REVIEWS,
                FEWEST_NEW_REVIEWS,
                PROFILES_AT_ONCE,
            )
            for each in found:
                if each.is_due:
                    await self._enqueue(connection, OPTIMISE, each.user_id, each.profile_id, lane=OPTIMISE)
        return found[-1].profile_id if found else None

    async def reschedule(self, user_id: UUID, profile_id: UUID) -> UUID:
        """The job that moves the profile's cards by its own parameters; until then, dates stay.

        Raises: AppError PROFILE_NOT_FOUND, CONFLICT while the profile has no parameters of its own.
        """
        async with self.floor.database.unit_of_work() as connection:
            profile = await self.profiles.own(connection, user_id, profile_id)
            if profile.fsrs_parameters is None:
                raise AppError(ErrorCode.CONFLICT)
            return await self._enqueue(connection, RESCHEDULE, user_id, profile_id)

    async def _enqueue(
        self, connection: Connection, kind: str, user_id: UUID, profile_id: UUID, lane: str | None = None
    ) -> UUID:
        return await self.jobs.enqueue(
            connection,
            kind,
            user_id=user_id,
            params={"profile_id": str(profile_id)},
            lane=lane,
            dedupe_key=f"{kind}:{profile_id}",
        )
