"""Asking for an optimisation: only when there are enough new reviews for it to find something."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from langagent.accounts.profiles.service import Profiles
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.jobs.service import Jobs
from langagent.study.optimisation import queries
from langagent.study.optimisation.tasks import OPTIMISE

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
            return await self.jobs.enqueue(
                connection,
                OPTIMISE,
                user_id=user_id,
                params={"profile_id": str(profile_id)},
                dedupe_key=f"{OPTIMISE}:{profile_id}",
            )
