"""The rules of rating: each rating once, in order, and exactly reversible (PRODUCT 4.2)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from prometheus_client import Counter

from langagent.core import i18n
from langagent.core.clock import learning_day
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal
from langagent.study.events import CardRated, RatingUndone
from langagent.study.queue import queries as queue_queries
from langagent.study.queue.models import DeckChoice, Learner, NextAnswer
from langagent.study.queue.service import StudyQueue
from langagent.study.ratings import queries
from langagent.study.ratings.models import (
    LONGEST_MS,
    BatchResult,
    Given,
    OfflineRating,
    Outcome,
    RatedAnswer,
    RatingBody,
    Source,
    Undone,
    UndoneAnswer,
)
from langagent.study.scheduling import Rating, Schedule, State, rate

OLDEST_OFFLINE: Final = timedelta(days=7)
# A device's clock may be that much fast; such a rating counts as given now.
CLOCK_TOLERANCE: Final = timedelta(seconds=60)
UNDO_WITHIN: Final = timedelta(hours=24)
# How often another device may come first before a request gives up.
TRIES: Final = 5

REVIEWS: Final = Counter("reviews_total", "Cards rated", ["rating", "source"])
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Applied:
    """A rating that is stored, with the fields of its `Outcome`; a repeat was stored before."""

    learner: Learner
    outcome: dict[str, Any]
    is_repeat: bool


class _OvertakenError(Exception):
    """Another device rated in between: the transaction is rolled back and tried again."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Rates cards and takes ratings back; ``draw`` gives numbers from [0, 1)."""

    floor: Floor
    queue: StudyQueue
    draw: Callable[[], float]

    async def rate(self, principal: Principal, body: RatingBody) -> RatedAnswer:
        """Rates a card and answers the next one.

        Raises: AppError CARD_NOT_FOUND, DECK_NOT_FOUND, CONFLICT (suspended), VALIDATION_ERROR (reviewed_at).
        """
        return await self._rate(principal, body, self._given(principal, body, "offline" if body.reviewed_at else "app"))

    async def rate_in_chat(self, principal: Principal, body: RatingBody, reps: int) -> RatedAnswer:
        """Rates a card under a message that may be old: ``reps`` says how often it had been rated when it was shown.

        Raises: AppError CARD_NOT_FOUND, DECK_NOT_FOUND, CONFLICT (suspended, or rated since).
        """
        return await self._rate(principal, body, replace(self._given(principal, body, "bot"), reps=reps))

    async def _rate(self, principal: Principal, body: RatingBody, given: Given) -> RatedAnswer:
        async def work(connection: Connection) -> tuple[Applied, NextAnswer]:
            applied = await self._apply(connection, principal.user_id, given)
            time = self.queue.time(principal)
            return applied, await self.queue.after(connection, applied.learner, body.deck_id, body.mode, time)

        applied, following = await self._undisturbed(work)
        _count(applied, given)
        return RatedAnswer(**applied.outcome, counts=following.counts, next=following)

    async def rate_batch(self, principal: Principal, bodies: Sequence[OfflineRating]) -> list[BatchResult]:
        """Applies offline ratings in the order they were made, each in a transaction of its own."""
        now = self.floor.clock()
        results: dict[int, BatchResult] = {}
        for position, body in sorted(enumerate(bodies), key=lambda item: item[1].reviewed_at or now):
            results[position] = await self._rate_offline(principal, body)
        return [results[position] for position in range(len(bodies))]

    async def undo(self, principal: Principal, deck: DeckChoice | None) -> UndoneAnswer:
        """Takes the newest rating back.

        Raises: AppError NOTHING_TO_UNDO, DECK_NOT_FOUND.
        """
        now = self.floor.clock()
        async with self.floor.database.unit_of_work() as connection:
            undone = await self._newest(connection, principal.user_id, now)
            await queries.restore(connection, undone.review_id, now)
            await self.floor.events.publish(
                connection,
                RatingUndone(
                    user_id=principal.user_id,
                    profile_id=undone.profile_id,
                    card_id=undone.card_id,
                    rating=undone.rating,
                    local_date=undone.local_date,
                    duration_ms=undone.duration_ms,
                ),
            )
            return await self._shown_again(connection, principal, undone, deck)

    async def _rate_offline(self, principal: Principal, body: OfflineRating) -> BatchResult:
        try:
            given = self._given(principal, body, "offline")
            applied = await self._undisturbed(lambda connection: self._apply(connection, principal.user_id, given))
        except AppError as refusal:
            return BatchResult(client_id=body.client_id, outcome=None, error=refusal.code)
        _count(applied, given)
        return BatchResult(client_id=body.client_id, outcome=Outcome(**applied.outcome), error=None)

    async def _undisturbed(self, work: Callable[[Connection], Awaitable[Result]]) -> Result:
        for _ in range(TRIES):
            try:
                async with self.floor.database.unit_of_work() as connection:
                    return await work(connection)
            except _OvertakenError:
                continue
        raise AppError(ErrorCode.CONFLICT)

    def _given(self, principal: Principal, body: OfflineRating, source: Source) -> Given:
        now = self.floor.clock()
        at = body.reviewed_at or now
        if now < at <= now + CLOCK_TOLERANCE:
            at = now
        if not now - OLDEST_OFFLINE <= at <= now:
            text = i18n.text(principal.language, "validation.reviewed_at")
            raise AppError(ErrorCode.VALIDATION_ERROR, details={"reviewed_at": text})
        return Given(
            card_id=body.card_id,
            rating=body.rating,
            client_id=body.client_id,
            session_id=body.session_id,
            duration_ms=None if body.duration_ms is None else min(body.duration_ms, LONGEST_MS),
            at=at,
            day=learning_day(at, principal.timezone),
            source=source,
        )

    async def _apply(self, connection: Connection, user_id: UUID, given: Given) -> Applied:
        target = await queries.target(connection, user_id, given.card_id, given.client_id)
        learner, before = target.learner, target.schedule
        if learner is None:
            raise AppError(ErrorCode.CARD_NOT_FOUND)
        if target.outcome is not None:
            return Applied(learner, target.outcome, is_repeat=True)
        if given.reps is not None and given.reps != (before.reps if before else 0):
            raise AppError(ErrorCode.CONFLICT)
        if before and before.suspended:
            raise AppError(ErrorCode.CONFLICT, message="errors.card_suspended")
        if before and before.last_review and given.at < before.last_review:
            outcome = outcome_of(given.card_id, before)
            is_kept = await queries.log_late(connection, learner, given, before, outcome)
        else:
            after = rate(before, Rating(given.rating), given.at, given.day, learner.rules, self.draw())
            outcome = outcome_of(given.card_id, after)
            is_kept = await queries.write(connection, learner, given, before, after, outcome, self.floor.clock())
        if not is_kept:
            raise _OvertakenError
        await self.floor.events.publish(connection, _announcement(learner, given))
        return Applied(learner, outcome, is_repeat=False)

    async def _newest(self, connection: Connection, user_id: UUID, now: datetime) -> Undone:
        """A look that another device overtakes finds nothing; the next one sees what that device did."""
        for _ in range(TRIES):
            undone = await queries.newest(connection, user_id, now - UNDO_WITHIN)
            if undone is not None:
                return undone
        raise AppError(ErrorCode.NOTHING_TO_UNDO)

    async def _shown_again(
        self, connection: Connection, principal: Principal, undone: Undone, deck: DeckChoice | None
    ) -> UndoneAnswer:
        time = self.queue.time(principal)
        card = await queue_queries.one_card(connection, principal.user_id, undone.card_id)
        if card is None:
            raise AppError(ErrorCode.NOTHING_TO_UNDO)
        learner = await self.queue.learner(connection, principal.user_id, deck or card.card.deck_id)
        _, counts = await self.queue.head(connection, learner, deck, "mixed", time, size=0)
        return UndoneAnswer(
            card_id=undone.card_id,
            status=card.card.status,
            counts=counts,
            card=self.queue.shown(card, learner, time),
        )


def outcome_of(card_id: UUID, schedule: Schedule) -> dict[str, Any]:
    """The fields of `Outcome` for a card that was rated at least once."""
    return {
        "card_id": card_id,
        "status": "suspended" if schedule.suspended else State(schedule.state).name.lower(),
        "due": schedule.due,
        "interval_days": schedule.scheduled_days,
        "stability": schedule.stability,
        "difficulty": schedule.difficulty,
        "reviews_count": schedule.reps,
        "lapses": schedule.lapses,
        "leech": schedule.leech,
        "last_rating": schedule.last_rating,
        "last_reviewed_at": schedule.last_review,
    }


def _announcement(learner: Learner, given: Given) -> CardRated:
    return CardRated(
        user_id=learner.user_id,
        profile_id=learner.profile_id,
        card_id=given.card_id,
        rating=given.rating,
        local_date=given.day,
        duration_ms=given.duration_ms,
    )


def _count(applied: Applied, given: Given) -> None:
    if not applied.is_repeat:
        REVIEWS.labels(given.rating, given.source).inc()
