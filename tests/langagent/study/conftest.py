"""A learner with one deck, put into the database as a test wants it, and the study room's services."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from langagent.accounts.room import open_accounts
from langagent.core.database import Row
from langagent.core.floor import Floor, lay_floor
from langagent.core.http.principal import Principal
from langagent.jobs.service import Jobs
from langagent.settings import Settings
from langagent.study.optimisation.service import Optimisation
from langagent.study.queue.models import NextAnswer
from langagent.study.queue.service import StudyQueue
from langagent.study.ratings.models import OfflineRating, RatedAnswer, RatingBody
from langagent.study.ratings.service import Ratings
from langagent.study.schedules.service import Schedules
from langagent.study.sessions.service import Sessions
from tests.langagent.conftest import FrozenClock

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@dataclass
class Study:
    """One learner at work; `random` makes every draw repeatable."""

    floor: Floor
    clock: FrozenClock
    user_id: UUID
    profile_id: UUID = field(default_factory=uuid4)
    deck_id: UUID = field(default_factory=uuid4)
    timezone: str = "UTC"
    random: Random = field(default_factory=lambda: Random(7))

    @property
    def principal(self) -> Principal:
        return Principal(self.user_id, uuid4(), "en", self.timezone, "free", is_admin=False)

    @property
    def queue(self) -> StudyQueue:
        return StudyQueue(self.floor, self.random.random)

    @property
    def ratings(self) -> Ratings:
        return Ratings(self.floor, self.queue, self.random.random)

    @property
    def schedules(self) -> Schedules:
        return Schedules(self.floor)

    @property
    def sessions(self) -> Sessions:
        return Sessions(self.floor, self.queue, uuid4)

    @property
    def optimisation(self) -> Optimisation:
        jobs = Jobs(self.floor.database)
        return Optimisation(self.floor, open_accounts(self.floor, jobs).profiles, jobs)

    async def execute(self, query: str, *args: Any) -> None:
        async with self.floor.database.connection() as connection:
            await connection.execute(query, *args)

    async def fetch(self, query: str, *args: Any) -> list[Row]:
        async with self.floor.database.connection() as connection:
            return await connection.fetch(query, *args)

    async def take_up(self, language: str = "es", *, is_active: bool = True, **columns: Any) -> None:
        """Adds the profile and its deck."""
        await self.execute(
            """
            insert into language_profiles (id, user_id, language, current_level, target_level, is_active)
            values ($1, $2, $3, 'B1', 'B2', $4)
            """,
            self.profile_id, self.user_id, language, is_active,
        )  # fmt: skip
        await self.add_deck(self.deck_id)
        await self.change_profile(active_deck_id=self.deck_id, **columns)

    async def change_profile(self, **columns: Any) -> None:
        for name, value in columns.items():
            await self.execute(f"update language_profiles set {name} = $2 where id = $1", self.profile_id, value)

    async def add_deck(self, deck_id: UUID) -> None:
        await self.execute(
            "insert into decks (id, profile_id, name, source) values ($1, $2, $3, 'manual')",
            deck_id, self.profile_id, str(deck_id),
        )  # fmt: skip

    async def add_card(self, word: str = "", deck_id: UUID | None = None, **columns: Any) -> UUID:
        """A new card, younger than those before it."""
        self.clock.advance(timedelta(microseconds=1))
        values = {"word": word or uuid4().hex, "frequency_zipf": None, "created_at": self.clock.now} | columns
        rows = await self.fetch(
            """
            insert into cards (deck_id, profile_id, word, lemma, lemma_key, translation, translation_language, source,
                frequency_zipf, created_at)
            values ($1, $2, $3, $3, $3, 'translation', 'ru', 'manual', $4, $5) returning id
            """,
            deck_id or self.deck_id, self.profile_id, values["word"], values["frequency_zipf"], values["created_at"],
        )  # fmt: skip
        found: UUID = rows[0]["id"]
        return found

    async def add_scheduled(self, word: str = "", deck_id: UUID | None = None, **columns: Any) -> UUID:
        """A card in review, unless ``columns`` say otherwise."""
        card_id = await self.add_card(word, deck_id)
        values = {
            "state": 2, "step": None, "stability": 5.0, "difficulty": 5.0, "due": self.clock.now,
            "last_review": self.clock.now - timedelta(days=5), "scheduled_days": 5, "reps": 3, "lapses": 0,
            "last_rating": 3, "suspended": False, "introduced_on": self.clock.now.date() - timedelta(days=30),
        } | columns  # fmt: skip
        names = ", ".join(values)
        places = ", ".join(f"${position}" for position in range(4, 4 + len(values)))
        await self.execute(
            f"insert into card_progress (user_id, card_id, profile_id, {names}) values ($1, $2, $3, {places})",
            self.user_id, card_id, self.profile_id, *values.values(),
        )  # fmt: skip
        return card_id

    async def rate(self, card_id: UUID, rating: int = 3, **more: Any) -> RatedAnswer:
        body = RatingBody(card_id=card_id, rating=rating, **{"client_id": uuid4()} | more)
        return await self.ratings.rate(self.principal, body)

    async def next(self, deck: Any = None, mode: Any = "mixed") -> NextAnswer:
        return await self.queue.next(self.principal, deck, mode)

    async def progress(self, card_id: UUID) -> dict[str, Any] | None:
        """The whole row."""
        rows = await self.fetch(
            "select * from card_progress where user_id = $1 and card_id = $2", self.user_id, card_id
        )
        return dict(rows[0]) if rows else None

    async def reviews(self) -> list[Row]:
        return await self.fetch("select * from card_reviews where user_id = $1 order by id", self.user_id)


def offline(card_id: UUID, at: datetime, rating: int = 3) -> OfflineRating:
    return OfflineRating(card_id=card_id, rating=rating, client_id=uuid4(), reviewed_at=at)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOON)


@pytest.fixture
async def floor(settings: Settings, clock: FrozenClock) -> AsyncIterator[Floor]:
    floor = lay_floor(settings, clock, name="test-study")
    await floor.connect()
    yield floor
    await floor.disconnect()


async def newcomer(floor: Floor, clock: FrozenClock) -> Study:
    """Another learner without a profile."""
    async with floor.database.connection() as connection:
        user_id = await connection.fetchval(
            "insert into users (telegram_id, first_name) values ($1, 'Learner') returning id", uuid4().int % 2**60
        )
    return Study(floor, clock, user_id)


@pytest.fixture
async def study(floor: Floor, clock: FrozenClock) -> Study:
    """A learner with a profile and an empty, active deck."""
    study = await newcomer(floor, clock)
    await study.take_up()
    return study
