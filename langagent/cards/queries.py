"""SQL of single cards and of lists of them."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from langagent.cards.models import CardAnswer, CardStatus, ReviewAnswer, card_answer
from langagent.core.database import Connection

# Of a card `c` for the reader whose schedule, if any, is `p`.
CARD_STATUS: Final = """
    case when p.suspended then 'suspended'
         when coalesce(p.reps, 0) = 0 then 'new'
         when p.state = 1 then 'learning'
         when p.state = 2 then 'review'
         else 'relearning' end
"""
CARD_COLUMNS: Final = f"""
    c.id, c.deck_id, c.word, c.lemma, c.translation, c.translation_language, c.example, c.example_translation, c.notes,
    c.part_of_speech, c.gender, c.transcription, c.grammar, c.tags, c.source, c.created_at, c.updated_at,
    case when c.frequency_zipf >= 5.5 then 'very_common'
         when c.frequency_zipf >= 4.5 then 'common'
         when c.frequency_zipf >= 3.5 then 'medium'
         when c.frequency_zipf is not null then 'rare' end as frequency,
    {CARD_STATUS} as status, case when p.reps > 0 then p.due end as due,
    coalesce(p.scheduled_days, 0) as interval_days, coalesce(p.reps, 0) as reviews_count,
    coalesce(p.lapses, 0) as lapses, coalesce(p.leech, false) as leech, p.last_rating,
    p.last_review as last_reviewed_at
"""
HISTORY_MAX: Final = 100
EXPORT_PAGE: Final = 500
PURGE_BATCH: Final = 1000
_OF_DECK: Final = "c.deck_id = (select deck_id from readable_decks where user_id = $1 and deck_id = $2)"
_OF_ACTIVE_PROFILE: Final = """
    $2::uuid is null
    and c.profile_id = (select id from language_profiles where user_id = $1 and is_active and deleted_at is null)
"""
_CARD_PROGRESS: Final = "left join card_progress p on p.card_id = c.id and p.user_id = $1"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list that goes from the newest card to the oldest."""

    created_at: datetime
    id: UUID


START: Final = Position(datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards a list shows: of a deck, or else of the whole active profile."""

    deck_id: UUID | None
    status: CardStatus | None
    search: str | None


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where a readable card is, and whether it is the reader's own."""

    profile_id: UUID
    deck_id: UUID
    is_own: bool


async def card(connection: Connection, user_id: UUID, card_id: UUID) -> CardAnswer | None:
    """A card that ``user_id`` may read."""
    row = await connection.fetchrow(
        f"""
        select {CARD_COLUMNS}
        from readable_cards r join cards c on c.id = r.card_id {_CARD_PROGRESS}
        where r.user_id = $1 and r.card_id = $2
        """,
        user_id, card_id,
    )  # fmt: skip
    return card_answer(row) if row else None


async def history(connection: Connection, user_id: UUID, card_id: UUID) -> list[ReviewAnswer]:
    """The newest ratings that were not undone, newest first."""
    rows = await connection.fetch(
        """
        select reviewed_at, rating, interval_before, interval_after, duration_ms,
               case state_before when 1 then 'learning' when 2 then 'review' when 3 then 'relearning' else 'new' end
                   as state_before
        from card_reviews
        where card_id = $2 and user_id = $1 and undone_at is null
        order by reviewed_at desc, id desc limit $3
        """,
        user_id, card_id, HISTORY_MAX,
    )  # fmt: skip
    return [ReviewAnswer(**row) for row in rows]


async def cards(connection: Connection, user_id: UUID, wanted: Wanted, after: Position, limit: int) -> list[CardAnswer]:
    """Cards after a position, newest first; none when ``user_id`` may not read them."""
    scope = _OF_DECK if wanted.deck_id else _OF_ACTIVE_PROFILE
    rows = await connection.fetch(
        f"""
        select {CARD_COLUMNS}
        from cards c {_CARD_PROGRESS}
        where {scope} and c.deleted_at is null and (c.created_at, c.id) < ($3, $4)
          and ($5::text is null or {CARD_STATUS} = $5)
          and ($6::text is null or c.word ilike $6 or c.translation ilike $6 or c.lemma ilike $6 or c.example ilike $6)
        order by c.created_at desc, c.id desc limit $7
        """,
        user_id, wanted.deck_id, after.created_at, after.id, wanted.status, _pattern(wanted.search), limit,
    )  # fmt: skip
    return [card_answer(row) for row in rows]


def _pattern(search: str | None) -> str | None:
    if search is None:
        return None
    escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


async def place(connection: Connection, user_id: UUID, card_id: UUID) -> CardPlace | None:
    row = await connection.fetchrow(
        "select profile_id, deck_id, is_own from readable_cards where user_id = $1 and card_id = $2", user_id, card_id
    )
    return CardPlace(**row) if row else None


async def update(connection: Connection, card_id: UUID, values: Mapping[str, Any]) -> None:
    """Sets the columns named by ``values``, which come from a schema and never from a request.

    Raises: UniqueViolationError when the profile has another card with the new lemma.
    """
    assignments = ", ".join(f"{column} = ${position}" for position, column in enumerate(values, start=2))
    await connection.execute(
        f"update cards set {assignments} where id = $1 and deleted_at is null",
        card_id, *values.values(),
    )  # fmt: skip


async def twin(connection: Connection, profile_id: UUID, lemma_key: str) -> UUID | None:
    """The live card of a profile with this lemma, in its first sense."""
    found: UUID | None = await connection.fetchval(
        """
        select id from cards
        where profile_id = $1 and lemma_key = $2 and meaning_key = '' and deleted_at is null
        """,
        profile_id, lemma_key,
    )  # fmt: skip
    return found


async def remove(connection: Connection, card_id: UUID, now: datetime) -> None:
    await connection.execute("update cards set deleted_at = $2 where id = $1 and deleted_at is null", card_id, now)


async def exported(connection: Connection, user_id: UUID) -> AsyncIterator[dict[str, Any]]:
    """Every live own card as it is stored, a page at a time."""
    after = UUID(int=0)
    while True:
        rows = await connection.fetch(
            """
            select c.id, c.deck_id, c.word, c.lemma, c.translation, c.translation_language, c.example,
                   c.example_translation, c.notes, c.part_of_speech, c.gender, c.transcription, c.grammar,
                   c.frequency_zipf, c.tags, c.source, c.created_at, c.updated_at
            from readable_cards r join cards c on c.id = r.card_id
            where r.user_id = $1 and r.is_own and c.id > $2 order by c.id limit $3
            """,
            user_id, after, EXPORT_PAGE,
        )  # fmt: skip
        for row in rows:
            yield dict(row)
        if len(rows) < EXPORT_PAGE:
            return
        after = rows[-1]["id"]


async def purge(connection: Connection) -> None:
    """Deletes for good what was deleted 30 days ago, with its schedules and ratings, a batch at a time."""
    deleted = PURGE_BATCH
    while deleted == PURGE_BATCH:
        deleted = await connection.fetchval(
            """
            with gone as (
                delete from cards where id in (
                    select id from cards where deleted_at < now() - interval '30 days' limit $1
                ) returning id
            )
            select count(*) from gone
            """,
            PURGE_BATCH,
        )
