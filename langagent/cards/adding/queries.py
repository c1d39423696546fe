"""SQL that puts cards into decks."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from langagent.cards.adding.models import Draft, Shelf
from langagent.cards.models import CardAnswer, CardSource, card_answer
from langagent.cards.queries import CARD_COLUMNS
from langagent.core.database import Connection


async def hold_deck(connection: Connection, deck_id: UUID) -> bool:
    """Keeps the deck from being deleted before the end of the transaction; False when it is gone already."""
    row = await connection.fetchrow("select id from decks where id = $1 and deleted_at is null for share", deck_id)
    return row is not None


async def count_cards(connection: Connection, user_id: UUID) -> int:
    """Live own cards over all profiles."""
    found: int = await connection.fetchval(
        """
        select count(*) from cards c join language_profiles p on p.id = c.profile_id
        where p.user_id = $1 and p.deleted_at is null and c.deleted_at is null
        """,
        user_id,
    )
    return found


async def counts(connection: Connection, profile_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Live cards by profile; a profile without cards is left out."""
    rows = await connection.fetch(
        """
        select profile_id, count(*) as cards from cards
        where profile_id = any($1) and deleted_at is null group by profile_id
        """,
        profile_ids,
    )
    return {row["profile_id"]: row["cards"] for row in rows}


async def cards_by_key(connection: Connection, profile_id: UUID, keys: Sequence[str]) -> dict[str, UUID]:
    """The profile's live cards with these lemmas, in their first sense."""
    rows = await connection.fetch(
        """
        select lemma_key, id from cards
        where profile_id = $1 and lemma_key = any($2) and meaning_key = '' and deleted_at is null
        """,
        profile_id, keys,
    )  # fmt: skip
    return {row["lemma_key"]: row["id"] for row in rows}


async def insert(
    connection: Connection, user_id: UUID, shelf: Shelf, source: CardSource, drafts: Sequence[Draft], now: datetime
) -> dict[str, CardAnswer]:
    """The new cards by the key of their lemma; drafts whose lemma is taken are left out.

    Each card is a microsecond younger than the one before it, so that lists and the study queue keep the order.
    """
    contents = [dataclasses.asdict(draft) | {"lemma_key": draft.key} for draft in drafts]
    rows = await connection.fetch(
        f"""
        with c as (
            insert into cards (deck_id, profile_id, word, lemma, lemma_key, translation, translation_language, example,
                example_translation, notes, part_of_speech, gender, transcription, frequency_zipf, tags, source,
                created_at, updated_at)
            select $2, $3, word, lemma, lemma_key, translation, translation_language, example,
                example_translation, notes, part_of_speech, gender, transcription, frequency_zipf, tags, $5, at, at
            from rows from (jsonb_to_recordset($4) as (
                word text, lemma text, lemma_key text, translation text, translation_language text, example text,
                example_translation text, notes text, part_of_speech text, gender text, transcription text,
                frequency_zipf real, tags text[]
            )) with ordinality as draft (word, lemma, lemma_key, translation, translation_language, example,
                example_translation, notes, part_of_speech, gender, transcription, frequency_zipf, tags, position),
                lateral (select $6::timestamptz + position * interval '1 microsecond') as moment (at)
            order by position
            on conflict (profile_id, lemma_key, meaning_key) where deleted_at is null do nothing
            returning *
        )
        select c.lemma_key, {CARD_COLUMNS}
        from c left join card_progress p on p.card_id = c.id and p.user_id = $1
        order by c.created_at
        """,
        user_id, shelf.deck_id, shelf.profile_id, contents, source, now,
    )  # fmt: skip
    return {row["lemma_key"]: card_answer(row) for row in rows}
