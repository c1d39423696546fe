"""Databases of learners who have the same work today and different numbers of cards behind it."""

from dataclasses import dataclass
from hashlib import md5
from typing import Final
from uuid import UUID

import psycopg
from psycopg import sql

DUE: Final = 12
NEW: Final = 4


@dataclass(frozen=True, slots=True)
class Seed:
    """Each learner has ``DUE`` cards due and ``NEW`` new ones; the others are due on later days."""

    learners: int
    cards: int

    @property
    def name(self) -> str:
        return f"{self.learners:,} × {self.cards:,}"


SEEDS: Final = (Seed(1_000, 200), Seed(1_000, 1_000), Seed(100_000, 20))
QUICK_SEEDS: Final = (Seed(1_000, 20), Seed(1_000, 200))

# No triggers and no foreign key checks: what they would do is in the rows already.
_BULK_SETTINGS: Final = (
    "session_replication_role = replica",
    "synchronous_commit = off",
    "maintenance_work_mem = '256MB'",
)
_PLAIN_INDEXES: Final = """
    select i.relname, pg_get_indexdef(i.oid) from pg_index x join pg_class i on i.oid = x.indexrelid
    where x.indrelid in ('cards'::regclass, 'card_progress'::regclass, 'card_reviews'::regclass)
        and not exists (select from pg_constraint c where c.conindid = i.oid)
"""
_STATEMENTS: Final = (
    """
    insert into users (id, telegram_id, first_name)
    select md5('user' || l)::uuid, l, 'Learner' from generate_series(1, %(learners)s) l
    """,
    """
    insert into auth_sessions (id, user_id, refresh_hash, method, device_label, expires_at, absolute_expires_at)
    select md5('session' || l)::uuid, md5('user' || l)::uuid, decode(md5('refresh' || l), 'hex'), 'dev', 'load',
        now() + interval '7 days', now() + interval '30 days'
    from generate_series(1, %(learners)s) l
    """,
    """
    insert into decks (id, profile_id, name, source)
    select md5('deck' || l)::uuid, md5('profile' || l)::uuid, 'My words', 'default'
    from generate_series(1, %(learners)s) l
    """,
    """
    insert into language_profiles (id, user_id, language, current_level, target_level, is_active, active_deck_id)
    select md5('profile' || l)::uuid, md5('user' || l)::uuid, 'es', 'A1', 'A2', true, md5('deck' || l)::uuid
    from generate_series(1, %(learners)s) l
    """,
    # Card by card over all learners, so that the cards of one learner lie apart, as they do in life.
    """
    insert into cards (id, deck_id, profile_id, word, lemma, lemma_key, translation, translation_language, example,
        example_translation, source, is_new_to_owner, created_at)
    select md5('card' || l || '-' || n)::uuid, md5('deck' || l)::uuid, md5('profile' || l)::uuid,
        'palabra ' || n, 'palabra ' || n, 'palabra ' || n, 'слово ' || n, 'ru',
        'Aprendo una palabra cada día.', 'Я учу по слову каждый день.', 'manual',
        n > %(due)s and n <= %(due)s + %(new)s, now() - interval '60 days' + n * interval '1 minute'
    from generate_series(1, %(cards)s) n, generate_series(1, %(learners)s) l
    """,
    """
    insert into card_progress (user_id, card_id, profile_id, state, stability, difficulty, due, last_review,
        scheduled_days, reps, last_rating, introduced_on)
    select md5('user' || l)::uuid, md5('card' || l || '-' || n)::uuid, md5('profile' || l)::uuid, 2, 10, 5,
        now() + case when n <= %(due)s then - n * interval '1 hour' else n * interval '2 days' end,
        now() - interval '10 days' - n * interval '1 hour', 10, 4, 3, current_date - 50
    from generate_series(1, %(cards)s) n, generate_series(1, %(learners)s) l
    where n <= %(due)s or n > %(due)s + %(new)s
    """,
    """
    insert into card_reviews (user_id, client_id, card_id, profile_id, rating, state_before, interval_after,
        stability_after, difficulty_after, source, outcome, reviewed_at, local_date)
    select user_id, md5('review' || card_id)::uuid, card_id, profile_id, 3, 2, 10, 10, 5, 'app', '{}', last_review,
        last_review::date
    from card_progress where due < now()
    """,
)


def fill(url: str, seed: Seed) -> None:
    """Puts ``seed`` into the migrated, empty database, as its superuser."""
    values = {"learners": seed.learners, "cards": seed.cards, "due": DUE, "new": NEW}
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in _BULK_SETTINGS:
            connection.execute(f"set {setting}")
        indexes = connection.execute(_PLAIN_INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
        for statement in _STATEMENTS:
            connection.execute(statement, values)
        for _, definition in indexes:
            connection.execute(definition)
        connection.execute("vacuum (analyze)")
        connection.execute("checkpoint")


def identity(kind: str, *numbers: int) -> UUID:
    """The id that `fill` gave the thing with these numbers."""
    return UUID(md5(f"{kind}{'-'.join(map(str, numbers))}".encode()).hexdigest())
