"""SQL of decks."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from langagent.cards.adding.models import Shelf
from langagent.cards.decks.models import CardStats, DeckAnswer, DeckDetail, DeckRef, DeckScope, RatingCounts
from langagent.cards.models import Duplicate
from langagent.cards.queries import CARD_STATUS
from langagent.core.database import Connection, Row

_DECKS: Final = f"""
    select d.id, d.profile_id, d.name, d.description, d.source, d.created_at, d.updated_at,
           exists (select from language_profiles reader
                   where reader.user_id = $1 and reader.active_deck_id = d.id and reader.deleted_at is null)
               as is_active,
           not r.is_own as is_group, owner.id as owner_id, owner.first_name as owner_name, n.*
    from readable_decks r
    join decks d on d.id = r.deck_id
    join language_profiles op on op.id = d.profile_id
    join users owner on owner.id = op.user_id
    cross join lateral (
        select count(*) as cards_count,
               count(*) filter (where status = 'new') as new_cards_count,
               count(*) filter (where status in ('learning', 'relearning') and due <= $2 or
                                      status = 'review' and due < $3) as due_cards_count,
               count(*) filter (where status = 'learning') as learning,
               count(*) filter (where status = 'review') as review,
               count(*) filter (where status = 'relearning') as relearning,
               count(*) filter (where status = 'suspended') as suspended,
               count(*) filter (where last_rating = 1) as again,
               count(*) filter (where last_rating = 2) as hard,
               count(*) filter (where last_rating = 3) as good,
               count(*) filter (where last_rating = 4) as easy
        from (
            select {CARD_STATUS} as status, p.due, p.last_rating
            from cards c left join card_progress p on p.card_id = c.id and p.user_id = $1
            where c.deck_id = d.id and c.deleted_at is null
        ) card
    ) n
    where r.user_id = $1
"""
_DECK_FIELDS: Final = tuple(DeckAnswer.model_fields)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at decks, and when: what is due depends on both.

    Attributes:
        day_end: end of the reader's learning day.
    """

    user_id: UUID
    now: datetime
    day_end: datetime


async def listed(connection: Connection, reader: Reader, profile_id: UUID, scope: DeckScope) -> list[DeckAnswer]:
    """Decks of the reader's profile and of groups: the active one first, then the oldest."""
    rows = await connection.fetch(
        f"""
        {_DECKS} and (r.is_own and r.profile_id = $4 and $5 <> 'group' or not r.is_own and $5 <> 'mine')
        order by is_active desc, d.created_at, d.id
        """,
        reader.user_id, reader.now, reader.day_end, profile_id, scope,
    )  # fmt: skip
    return [DeckAnswer(**_values(row)) for row in rows]


async def deck(connection: Connection, reader: Reader, deck_id: UUID) -> DeckDetail | None:
    """A deck that the reader may read."""
    row = await connection.fetchrow(f"{_DECKS} and r.deck_id = $4", reader.user_id, reader.now, reader.day_end, deck_id)
    if row is None:
        return None
    stats = CardStats(new=row["new_cards_count"], **_named(row, "learning", "review", "relearning", "suspended"))
    return DeckDetail(**_values(row), stats=stats, ratings=RatingCounts(**_named(row, "again", "hard", "good", "easy")))


def _values(row: Row) -> dict[str, Any]:
    return _named(row, *_DECK_FIELDS)


def _named(row: Row, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


async def is_active_deck_empty(connection: Connection, profile_id: UUID) -> bool:
    """Whether the profile's active deck is an own one without a card."""
    empty: bool = await connection.fetchval(
        """
        select exists (
            select from language_profiles p
            join decks d on d.id = p.active_deck_id and d.profile_id = p.id
            where p.id = $1
                and not exists (select from cards c where c.deck_id = d.id and c.deleted_at is null)
        )
        """,
        profile_id,
    )
    return empty


async def ref(connection: Connection, user_id: UUID, deck_id: UUID) -> DeckRef | None:
    row = await connection.fetchrow(
        "select deck_id as id, profile_id, is_own from readable_decks where user_id = $1 and deck_id = $2",
        user_id, deck_id,
    )  # fmt: skip
    return DeckRef(**row) if row else None


async def default(connection: Connection, profile_id: UUID) -> UUID | None:
    """The deck that new cards go to when no other is chosen: the default one, else the oldest."""
    found: UUID | None = await connection.fetchval(
        """
        select id from decks where profile_id = $1 and deleted_at is null
        order by source = 'default' desc, created_at, id limit 1
        """,
        profile_id,
    )
    return found


async def lock_profile(connection: Connection, profile_id: UUID) -> None:
    """Makes every other change of the profile's set of decks wait for the end of the transaction."""
    await connection.execute("select from language_profiles where id = $1 for no key update", profile_id)


async def insert(
    connection: Connection, profile_id: UUID, *, name: str, description: str, source: str, now: datetime
) -> UUID | None:
    """The new deck; None when the profile has one of this name."""
    created: UUID | None = await connection.fetchval(
        """
        insert into decks (profile_id, name, description, source, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $5)
        on conflict (profile_id, lower(name)) where deleted_at is null do nothing
        returning id
        """,
        profile_id, name, description, source, now,
    )  # fmt: skip
    return created


async def update(connection: Connection, deck_id: UUID, values: Mapping[str, Any]) -> None:
    """Sets the columns named by ``values``, which come from a schema and never from a request.

    Raises: UniqueViolationError when the profile has another deck of the new name.
    """
    assignments = ", ".join(f"{column} = ${position}" for position, column in enumerate(values, start=2))
    await connection.execute(
        f"update decks set {assignments} where id = $1 and deleted_at is null",
        deck_id, *values.values(),
    )  # fmt: skip


async def names(connection: Connection, profile_id: UUID) -> set[str]:
    """Names in use in the profile, in lower case."""
    rows = await connection.fetch(
        "select lower(name) as name from decks where profile_id = $1 and deleted_at is null", profile_id
    )
    return {row["name"] for row in rows}


async def with_source(connection: Connection, profile_id: UUID, source: str) -> UUID | None:
    """The profile's oldest deck that came from ``source``."""
    found: UUID | None = await connection.fetchval(
        """
        select id from decks where profile_id = $1 and source = $2 and deleted_at is null
        order by created_at, id limit 1
        """,
        profile_id, source,
    )  # fmt: skip
    return found


async def sources(connection: Connection, user_id: UUID) -> set[str]:
    rows = await connection.fetch(
        """
        select distinct d.source from readable_decks r join decks d on d.id = r.deck_id
        where r.user_id = $1 and r.is_own
        """,
        user_id,
    )
    return {row["source"] for row in rows}


async def remove(connection: Connection, deck_id: UUID, now: datetime) -> None:
    """Deletes the deck, then its cards: what was added while the first statement waited goes as well."""
    await connection.execute("update decks set deleted_at = $2 where id = $1 and deleted_at is null", deck_id, now)
    await connection.execute("update cards set deleted_at = $2 where deck_id = $1 and deleted_at is null", deck_id, now)


async def remove_all(connection: Connection, profile_id: UUID, now: datetime) -> None:
    """Deletes the decks and cards of a profile."""
    await connection.execute(
        "update decks set deleted_at = $2 where profile_id = $1 and deleted_at is null", profile_id, now
    )
    await connection.execute(
        "update cards set deleted_at = $2 where profile_id = $1 and deleted_at is null", profile_id, now
    )


async def copy_cards(connection: Connection, deck_id: UUID, shelf: Shelf, now: datetime) -> list[UUID]:
    """Copies the cards whose lemma is new to the profile, in their order and without their schedules."""
    rows = await connection.fetch(
        """
        insert into cards (deck_id, profile_id, word, lemma, lemma_key, meaning_key, translation, translation_language,
            example, example_translation, notes, part_of_speech, gender, transcription, grammar, frequency_zipf,
            audio_key, tags, source, created_at, updated_at)
        select $2, $3, word, lemma, lemma_key, meaning_key, translation, translation_language,
            example, example_translation, notes, part_of_speech, gender, transcription, grammar, frequency_zipf,
            audio_key, tags, 'copy', at, at
        from (
            select *, $4::timestamptz + row_number() over (order by created_at, id) * interval '1 microsecond' as at
            from cards where deck_id = $1 and deleted_at is null
        ) original
        order by at
        on conflict (profile_id, lemma_key, meaning_key) where deleted_at is null do nothing
        returning id
        """,
        deck_id, shelf.deck_id, shelf.profile_id, now,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def skipped(connection: Connection, deck_id: UUID, shelf: Shelf) -> list[Duplicate]:
    """Cards of a deck that a copy left out, with the card that the profile has instead."""
    rows = await connection.fetch(
        """
        select c.word, twin.id as card_id
        from cards c
        join cards twin on twin.profile_id = $3 and twin.lemma_key = c.lemma_key and twin.meaning_key = c.meaning_key
        where c.deck_id = $1 and c.deleted_at is null and twin.deleted_at is null and twin.deck_id <> $2
        order by c.created_at, c.id
        """,
        deck_id, shelf.deck_id, shelf.profile_id,
    )  # fmt: skip
    return [Duplicate(**row) for row in rows]


async def exported(connection: Connection, user_id: UUID) -> AsyncIterator[dict[str, Any]]:
    """Every live own deck as it is stored."""
    rows = await connection.fetch(
        """
        select d.id, d.profile_id, d.name, d.description, d.source, d.created_at, d.updated_at
        from readable_decks r join decks d on d.id = r.deck_id
        where r.user_id = $1 and r.is_own order by d.created_at, d.id
        """,
        user_id,
    )
    for row in rows:
        yield dict(row)


async def purge(connection: Connection) -> None:
    """Deletes for good the decks that were deleted 30 days ago; their cards went before them."""
    await connection.execute("delete from decks where deleted_at < now() - interval '30 days'")
