"""The rules of sessions: a run of cards that begins with a queue and ends with a summary."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal
from langagent.study.queue.service import StudyQueue
from langagent.study.sessions import queries
from langagent.study.sessions.models import (
    Latest,
    RatingShares,
    SessionAnswer,
    SessionBody,
    Share,
    Standing,
    SummaryAnswer,
    Tally,
)

SHORT_QUEUE: Final = 10
# Ratings less than this apart belong to one session.
PAUSE: Final = timedelta(minutes=30)
KNOWN_CARDS_OF: Final = {"A1": 300, "A2": 600, "B1": 1000, "B2": 1500, "C1": 2000, "C2": 2500}
WEIGHT_OF_CARDS: Final = 0.6


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions have no rows of their own: their ratings carry their id."""

    floor: Floor
    queue: StudyQueue
    new_id: Callable[[], UUID]

    async def start(self, principal: Principal, body: SessionBody) -> SessionAnswer:
        """Raises: AppError DECK_NOT_FOUND, PROFILE_NOT_FOUND."""
        async with self.floor.database.connection() as connection:
            learner = await self.queue.learner(connection, principal.user_id, body.deck_id)
            size = body.size or learner.session_card_count
            size = size if body.mode == "mixed" else min(size, SHORT_QUEUE)
            time = self.queue.time(principal)
            head, counts = await self.queue.head(connection, learner, body.deck_id, body.mode, time, size)
        return SessionAnswer(session_id=self.new_id(), queue=head, counts=counts)

    async def current(self, principal: Principal) -> UUID | None:
        """The session whose last rating is less than `PAUSE` ago."""
        latest = await self._latest(principal)
        return latest.session_id if latest and not self._is_over(latest) else None

    async def ended(self, principal: Principal) -> UUID | None:
        """The newest session, when it is over."""
        latest = await self._latest(principal)
        return latest.session_id if latest and self._is_over(latest) else None

    async def summary(self, principal: Principal, session_id: UUID) -> SummaryAnswer:
        """Raises: AppError PROFILE_NOT_FOUND."""
        async with self.floor.database.connection() as connection:
            tally = await queries.tally(connection, principal.user_id, session_id)
            standing = await queries.standing(connection, principal.user_id, session_id, self.floor.clock())
        if standing is None:
            raise AppError(ErrorCode.PROFILE_NOT_FOUND)
        return summary_of(tally, standing)

    async def _latest(self, principal: Principal) -> Latest | None:
        async with self.floor.database.connection() as connection:
            return await queries.latest(connection, principal.user_id)

    def _is_over(self, latest: Latest) -> bool:
        return self.floor.clock() - latest.rated_at >= PAUSE


def summary_of(tally: Tally, standing: Standing) -> SummaryAnswer:
    total = tally.again + tally.hard + tally.good + tally.easy

    def share(count: int) -> Share:
        return Share(count=count, share=round(count / total, 4) if total else 0.0)

    return SummaryAnswer(
        studied=tally.studied,
        ratings=RatingShares(
            again=share(tally.again), hard=share(tally.hard), good=share(tally.good), easy=share(tally.easy)
        ),
        new_learned=tally.new_learned,
        duration_ms=tally.duration_ms,
        next_due_at=standing.next_due_at,
        level_progress=level_progress(standing.current_level, standing.known),
    )


async def level_progresses(connection: Connection, profile_ids: Sequence[UUID]) -> dict[UUID, float]:
    """How far each profile is on its way to the next level."""
    found = await queries.knowledge(connection, profile_ids)
    return {each.profile_id: level_progress(each.current_level, each.known) for each in found}


def level_progress(level: str, known: int) -> float:
    """The part of the way to the next level that known cards make up (PRODUCT 8.4)."""
    return round(WEIGHT_OF_CARDS * min(known / KNOWN_CARDS_OF[level], 1.0), 4)
