"""The SQL of the room at size: every list finds its rows by an index, whatever other learners have."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest

from langagent.cards import queries as card_queries
from langagent.cards.adding import queries as adding_queries
from langagent.cards.adding.models import Shelf
from langagent.cards.decks import queries as deck_queries
from langagent.cards.queries import START, Wanted
from langagent.core.database import Database

LEARNERS, CARDS = 20, 200
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Recorder:
    """A connection that remembers what is asked of it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.asked: list[tuple[str, Sequence[Any]]] = []

    def __getattr__(self, name: str) -> Any:
        async def run(query: str, *args: Any) -> Any:
            self.asked.append((query, args))
            return await getattr(self._connection, name)(query, *args)

        return run

    async def plan(self) -> list[dict[str, Any]]:
        """Every node of the plan of the last query."""
        query, args = self.asked[-1]
        answer = await self._connection.fetchval(f"explain (format json) {query}", *args)
        return list(_nodes(orjson.loads(answer)[0]["Plan"]))


def _nodes(node: dict[str, Any]) -> Any:
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)


@pytest.fixture
async def shelves(database: Database, owner_url: str) -> list[Shelf]:
    """The decks of many learners, each full of cards, half of them scheduled."""
    async with database.connection() as connection:
        rows = await connection.fetch(
            """
            with u as (
                insert into users (telegram_id, first_name) select n, 'x' from generate_series(1, $1) n returning id
            ), p as (
                insert into language_profiles (user_id, language, current_level, target_level, is_active)
                select id, 'es', 'A1', 'A2', true from u returning id
            )
            insert into decks (profile_id, name, source) select id, 'Deck', 'default' from p returning id, profile_id
            """,
            LEARNERS,
        )
        await connection.execute(
            """
            insert into cards (deck_id, profile_id, word, lemma, lemma_key, translation, translation_language, source,
                created_at)
            select d.id, d.profile_id, 'w' || n, 'w' || n, 'w' || n, 't', 'en', 'manual',
                $1::timestamptz + n * interval '1 second'
            from decks d, generate_series(1, $2) n
            """,
            NOW - timedelta(days=1), CARDS,
        )  # fmt: skip
        await connection.execute(
            """
            insert into card_progress (user_id, card_id, profile_id, state, stability, difficulty, due, last_review,
                reps, last_rating, introduced_on)
            select p.user_id, c.id, p.id, 2, 5, 5, $1, $1, 1, 3, current_date
            from cards c join language_profiles p on p.id = c.profile_id where right(c.word, 1) in ('0', '2', '4')
            """,
            NOW,
        )
    owner = await asyncpg.connect(owner_url)
    await owner.execute("analyze")
    await owner.close()
    return [Shelf(row["id"], row["profile_id"]) for row in rows]


async def user_of(connection: Any, shelf: Shelf) -> UUID:
    found: UUID = await connection.fetchval("select user_id from language_profiles where id = $1", shelf.profile_id)
    return found


def tables_read_whole(nodes: list[dict[str, Any]]) -> set[str]:
    return {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"} & {"cards", "card_progress"}


def indexes(nodes: list[dict[str, Any]]) -> set[str]:
    return {node["Index Name"] for node in nodes if "Index Name" in node}


@pytest.mark.parametrize("after", [START, card_queries.Position(NOW - timedelta(days=1, seconds=-100), UUID(int=0))])
async def test_a_page_of_a_deck_is_read_in_order_from_its_index(
    database: Database, shelves: list[Shelf], after: card_queries.Position
) -> None:
    async with database.connection() as connection:
        recorder, shelf = Recorder(connection), shelves[7]
        wanted = Wanted(shelf.deck_id, None, None)
        cards = await card_queries.cards(recorder, await user_of(connection, shelf), wanted, after, 21)
        nodes = await recorder.plan()
    assert len(cards) == 21
    assert "cards_deck_idx" in indexes(nodes)
    assert not tables_read_whole(nodes)
    assert "Sort" not in {node["Node Type"] for node in nodes}


@pytest.mark.parametrize("search", [None, "w199"])
async def test_a_profile_is_searched_alone(database: Database, shelves: list[Shelf], search: str | None) -> None:
    async with database.connection() as connection:
        recorder, shelf = Recorder(connection), shelves[7]
        wanted = Wanted(None, None, search)
        cards = await card_queries.cards(recorder, await user_of(connection, shelf), wanted, START, 21)
        nodes = await recorder.plan()
    assert {card.deck_id for card in cards} == {shelf.deck_id}
    assert not tables_read_whole(nodes)


async def test_decks_are_counted_without_reading_those_of_others(database: Database, shelves: list[Shelf]) -> None:
    async with database.connection() as connection:
        recorder, shelf = Recorder(connection), shelves[7]
        reader = deck_queries.Reader(await user_of(connection, shelf), NOW, NOW + timedelta(hours=16))
        (deck,) = await deck_queries.listed(recorder, reader, shelf.profile_id, "all")
        nodes = await recorder.plan()
    assert (deck.cards_count, deck.new_cards_count, deck.due_cards_count) == (200, 140, 60)
    assert len(recorder.asked) == 1
    assert not tables_read_whole(nodes)


async def test_limits_and_duplicates_are_found_by_index(database: Database, shelves: list[Shelf]) -> None:
    async with database.connection() as connection:
        recorder, shelf = Recorder(connection), shelves[7]
        assert await adding_queries.count_cards(recorder, await user_of(connection, shelf)) == CARDS
        assert not tables_read_whole(await recorder.plan())
        assert len(await adding_queries.cards_by_key(recorder, shelf.profile_id, ["w1", "w2", "none"])) == 2
        assert "cards_lemma_key" in indexes(await recorder.plan())


async def test_a_copy_keeps_order_and_leaves_out_what_is_there(database: Database, shelves: list[Shelf]) -> None:
    """As it will be between learners of one group."""
    original, target = shelves[0], shelves[1]
    async with database.unit_of_work() as connection:
        await connection.execute(
            "update cards set deleted_at = now() where deck_id = $1 and word <> 'w3'", target.deck_id
        )
        shelf = Shelf(
            await deck_queries.insert(
                connection, target.profile_id, name="Copy", description="", source="copy", now=NOW
            ),  # type: ignore[arg-type]
            target.profile_id,
        )
        copied = await deck_queries.copy_cards(connection, original.deck_id, shelf, NOW)
        assert len(copied) == CARDS - 1
        user_id = await user_of(connection, target)
        wanted = Wanted(shelf.deck_id, None, None)
        cards = (await card_queries.cards(connection, user_id, wanted, START, CARDS))[::-1]
        assert [card.word for card in cards] == [f"w{number}" for number in range(1, CARDS + 1) if number != 3]
        assert {(card.source, card.status) for card in cards} == {("copy", "new")}
        (skipped,) = await deck_queries.skipped(connection, original.deck_id, shelf)
        assert skipped.word == "w3"


async def test_an_export_goes_on_over_its_pages(
    database: Database, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_queries, "EXPORT_PAGE", 80)
    async with database.connection() as connection:
        recorder = Recorder(connection)
        found = [card async for card in card_queries.exported(recorder, await user_of(connection, shelves[3]))]
    assert sorted(card["word"] for card in found) == sorted(f"w{number}" for number in range(1, CARDS + 1))
    assert len(recorder.asked) == 3


async def test_what_was_deleted_a_month_ago_is_purged(
    database: Database, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_queries, "PURGE_BATCH", 100)
    async with database.connection() as connection:
        for shelf, age in ((shelves[0], 31), (shelves[1], 29)):
            await deck_queries.remove(connection, shelf.deck_id, datetime.now(UTC) - timedelta(days=age))
        await card_queries.purge(connection)
        await deck_queries.purge(connection)
        assert await connection.fetchval("select count(*) from decks") == LEARNERS - 1
        assert await connection.fetchval("select count(*) from cards") == (LEARNERS - 1) * CARDS
        assert await connection.fetchval("select count(*) from card_progress") == (LEARNERS - 1) * CARDS * 3 // 10
