"""SQL of the queue: who studies what, what comes next, how much is left."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from langagent.cards.models import card_answer
from langagent.cards.queries import CARD_COLUMNS
from langagent.core.database import Connection, Row
from langagent.study.queue.models import Counts, Learner, Queue, Queued, Rank, StudyTime
from langagent.study.scheduling import Rules, Schedule

LEARNER_COLUMNS: Final = """
    u.id as user_id, l.id as profile_id, l.active_deck_id, l.fsrs_parameters,
    l.desired_retention::float8 as desired_retention, l.max_interval_days, l.new_cards_per_day, l.new_card_order,
    u.card_side, u.session_card_count
"""
SCHEDULE_COLUMNS: Final = """
    p.state as p_state, p.step as p_step, p.stability as p_stability, p.difficulty as p_difficulty, p.due as p_due,
    p.last_review as p_last_review, p.scheduled_days as p_scheduled_days, p.reps as p_reps, p.lapses as p_lapses,
    p.last_rating as p_last_rating, p.suspended as p_suspended, p.leech as p_leech, p.introduced_on as p_introduced_on
"""
_ADDED: Final = "n.created_at, n.id"
_FREQUENCY: Final = "n.frequency_zipf desc nulls last, n.created_at, n.id"


def _queue_sql(new_order: str) -> str:
    """$1 user, $2 profile, $3 deck or null for all, $4 now, $5 end and $6 date of the day, $7 new cards a day,
    $8 ranks to serve, $9 how many."""
    return f"""
        with scope as materialized (
            select deck_id from readable_decks
            where user_id = $1 and profile_id = $2 and ($3::uuid is null or deck_id = $3)
        ),
        room as materialized (
            select greatest($7 - count(*), 0) as cards from card_progress
            where profile_id = $2 and introduced_on = $6
        ),
        ready as materialized (
            select
                p.card_id,
                case when p.state = 2 then 2 when p.due <= $4 then 1 else 4 end as rank,
                case
                    when p.state = 2 then - extract(epoch from $4 - p.last_review)::float8 / p.stability
                    else extract(epoch from p.due)::float8
                end as weight
            from card_progress p
            cross join lateral (
                -- Offset keeps this a look-up for each due card, however many cards the deck has.
                select c.deck_id from cards c where c.id = p.card_id and c.deleted_at is null offset 0
            ) c
            where p.profile_id = $2 and not p.suspended and p.due < $5 and c.deck_id in (select deck_id from scope)
        ),
        fresh as materialized (
            select n.id as card_id, 3 as rank, row_number() over (order by {new_order})::float8 as weight
            from scope
            cross join lateral (
                select n.id, n.created_at, n.frequency_zipf from cards n
                where n.deck_id = scope.deck_id and n.is_new_to_owner and n.deleted_at is null
                order by {new_order} limit (select cards from room)
            ) n
            order by {new_order} limit (select cards from room)
        ),
        counts as (
            select
                count(*) filter (where rank = 1) as learning,
                count(*) filter (where rank = 2) as review,
                count(*) filter (where rank = 4) as learning_later,
                (select count(*) from fresh) as new,
                exists (select from scope) as is_readable
            from ready
        ),
        head as (
            select card_id, rank, weight from (select * from ready union all select * from fresh) all_ranks
            where rank = any($8::int[]) order by rank, weight, card_id limit $9
        )
        select counts.*, head.rank, {CARD_COLUMNS}, {SCHEDULE_COLUMNS}
        from counts
        left join head on true
        left join cards c on c.id = head.card_id
        left join card_progress p on p.user_id = $1 and p.card_id = head.card_id
        order by head.rank, head.weight, head.card_id
    """


QUEUE: Final = {"added": _queue_sql(_ADDED), "frequency": _queue_sql(_FREQUENCY)}


async def learner(connection: Connection, user_id: UUID, deck_id: UUID | None) -> Learner | None:
    """The learner in the profile of ``deck_id`` (the active one for None or a deck of others); None when unreadable."""
    row = await connection.fetchrow(
        f"""
        select {LEARNER_COLUMNS}
        from users u
        join language_profiles l on l.user_id = u.id and l.deleted_at is null
        left join readable_decks d on d.user_id = u.id and d.deck_id = $2
        where u.id = $1
            and ($2::uuid is null or d.deck_id is not null)
            and case when d.is_own then l.id = d.profile_id else l.is_active end
        """,
        user_id, deck_id,
    )  # fmt: skip
    return learner_of(row) if row else None


async def queue(
    connection: Connection,
    learner: Learner,
    deck_id: UUID | None,
    time: StudyTime,
    *,
    ranks: Iterable[Rank],
    limit: int,
) -> Queue:
    """The counts of the queue and its first ``limit`` cards of ``ranks``; all decks when ``deck_id`` is None."""
    rows = await connection.fetch(
        QUEUE[learner.new_card_order],
        learner.user_id, learner.profile_id, deck_id, time.now, time.day_end, time.day, learner.new_cards_per_day,
        tuple(ranks), limit,
    )  # fmt: skip
    first = rows[0]
    counts = Counts(
        learning=first["learning"],
        review=first["review"],
        new=first["new"],
        learning_later=first["learning_later"],
    )
    cards = tuple(_queued(row, Rank(row["rank"])) for row in rows if row["rank"] is not None)
    return Queue(counts, cards, first["is_readable"])


async def one_card(connection: Connection, user_id: UUID, card_id: UUID) -> Queued | None:
    """A readable card as the queue would show it."""
    row = await connection.fetchrow(
        f"""
        select {CARD_COLUMNS}, {SCHEDULE_COLUMNS}
        from readable_cards r
        join cards c on c.id = r.card_id
        left join card_progress p on p.user_id = r.user_id and p.card_id = r.card_id
        where r.user_id = $1 and r.card_id = $2
        """,
        user_id, card_id,
    )  # fmt: skip
    return _queued(row, None) if row else None


def learner_of(row: Row) -> Learner:
    """The learner in a row with LEARNER_COLUMNS."""
    parameters = row["fsrs_parameters"]
    return Learner(
        user_id=row["user_id"],
        profile_id=row["profile_id"],
        active_deck_id=row["active_deck_id"],
        rules=Rules(parameters and tuple(parameters), row["desired_retention"], row["max_interval_days"]),
        new_cards_per_day=row["new_cards_per_day"],
        new_card_order=row["new_card_order"],
        card_side=row["card_side"],
        session_card_count=row["session_card_count"],
    )


def schedule_of(row: Row) -> Schedule | None:
    """The schedule in a row with SCHEDULE_COLUMNS, if its card has one."""
    if row["p_state"] is None:
        return None
    return Schedule(
        state=row["p_state"],
        step=row["p_step"],
        stability=row["p_stability"],
        difficulty=row["p_difficulty"],
        due=row["p_due"],
        last_review=row["p_last_review"],
        scheduled_days=row["p_scheduled_days"],
        reps=row["p_reps"],
        lapses=row["p_lapses"],
        last_rating=row["p_last_rating"],
        suspended=row["p_suspended"],
        leech=row["p_leech"],
        introduced_on=row["p_introduced_on"],
    )


def _queued(row: Any, rank: Rank | None) -> Queued:
    return Queued(card_answer(row), schedule_of(row), rank)
