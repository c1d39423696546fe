"""The rules of the queue: what is next, which side is the front, what the captions say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from langagent.core.clock import day_end, learning_day
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal
from langagent.study.queue import queries
from langagent.study.queue.models import (
    SERVED,
    Counts,
    DeckChoice,
    Learner,
    Mode,
    NextAnswer,
    Queue,
    Queued,
    Rank,
    Shown,
    Side,
    StudyTime,
)
from langagent.study.scheduling import previews

WAIT_AT_MOST: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class StudyQueue:
    """The queue of a learner; ``draw`` gives numbers from [0, 1)."""

    floor: Floor
    draw: Callable[[], float]

    def time(self, principal: Principal) -> StudyTime:
        """Now, in the learner's day."""
        now = self.floor.clock()
        return StudyTime(now, learning_day(now, principal.timezone), day_end(now, principal.timezone))

    async def learner(self, connection: Connection, user_id: UUID, deck: DeckChoice | None) -> Learner:
        """The learner in the profile that ``deck`` belongs to, the active one by default.

        Raises: AppError DECK_NOT_FOUND, PROFILE_NOT_FOUND.
        """
        deck_id = deck if isinstance(deck, UUID) else None
        found = await queries.learner(connection, user_id, deck_id)
        if found is None:
            raise AppError(ErrorCode.DECK_NOT_FOUND if deck_id else ErrorCode.PROFILE_NOT_FOUND)
        return found

    async def next(self, principal: Principal, deck: DeckChoice | None, mode: Mode) -> NextAnswer:
        """The next card of ``deck``.

        Raises: AppError DECK_NOT_FOUND, PROFILE_NOT_FOUND.
        """
        async with self.floor.database.connection() as connection:
            learner = await self.learner(connection, principal.user_id, deck)
            return await self.after(connection, learner, deck, mode, self.time(principal))

    async def after(
        self, connection: Connection, learner: Learner, deck: DeckChoice | None, mode: Mode, time: StudyTime
    ) -> NextAnswer:
        """The next card as ``connection`` sees it: inside a transaction, after what it did.

        Raises: AppError DECK_NOT_FOUND.
        """
        ranks = SERVED[mode] if mode == "new" else (*SERVED[mode], Rank.LEARNING_LATER)
        queue = await self._read(connection, learner, deck, time, ranks, limit=1)
        head = queue.cards[0] if queue.cards else None
        if head is None or _is_far(head, time):
            return _done(queue.counts)
        waits = head.rank is Rank.LEARNING_LATER
        return NextAnswer(
            status="waiting" if waits else "card",
            card=head.card,
            side=self._side(learner.card_side),
            previews=previews(head.schedule, time.now, learner.rules),
            ready_at=head.card.due if waits else None,
            counts=queue.counts,
        )

    async def head(
        self, connection: Connection, learner: Learner, deck: DeckChoice | None, mode: Mode, time: StudyTime, size: int
    ) -> tuple[list[Shown], Counts]:
        """The first ``size`` cards that are ready, and the counts.

        Raises: AppError DECK_NOT_FOUND.
        """
        queue = await self._read(connection, learner, deck, time, SERVED[mode], limit=size)
        return [self.shown(card, learner, time) for card in queue.cards], queue.counts

    async def show(self, principal: Principal, card_id: UUID) -> Shown:
        """One card, in whatever place of the queue.

        Raises: AppError CARD_NOT_FOUND.
        """
        async with self.floor.database.connection() as connection:
            queued = await queries.one_card(connection, principal.user_id, card_id)
            if queued is None:
                raise AppError(ErrorCode.CARD_NOT_FOUND)
            learner = await self.learner(connection, principal.user_id, queued.card.deck_id)
            return self.shown(queued, learner, self.time(principal))

    def shown(self, queued: Queued, learner: Learner, time: StudyTime) -> Shown:
        """A card as it is shown once: its side is drawn anew each time."""
        return Shown(
            card=queued.card,
            side=self._side(learner.card_side),
            previews=previews(queued.schedule, time.now, learner.rules),
        )

    async def _read(
        self,
        connection: Connection,
        learner: Learner,
        deck: DeckChoice | None,
        time: StudyTime,
        ranks: tuple[Rank, ...],
        limit: int,
    ) -> Queue:
        deck_id = None if deck == "all" else deck or learner.active_deck_id
        queue = await queries.queue(connection, learner, deck_id, time, ranks=ranks, limit=limit)
        if isinstance(deck, UUID) and not queue.is_readable:
            raise AppError(ErrorCode.DECK_NOT_FOUND)
        return queue

    def _side(self, setting: str) -> Side:
        if setting == "random":
            return "learning" if self.draw() < 0.5 else "native"
        return "native" if setting == "native" else "learning"


def _is_far(head: Queued, time: StudyTime) -> bool:
    schedule = head.schedule
    return head.rank is Rank.LEARNING_LATER and schedule is not None and schedule.due > time.now + WAIT_AT_MOST


def _done(counts: Counts) -> NextAnswer:
    return NextAnswer(status="done", card=None, side=None, previews=None, ready_at=None, counts=counts)
