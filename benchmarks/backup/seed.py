"""A database like ours after some years: the product's own tables, with words, sentences and reviews that vary."""

from typing import Final

import psycopg
from psycopg import sql

from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from ops.migrations import apply

CARDS_PER_MEGABYTE: Final = 330
CARDS_PER_LEARNER: Final = 300
REVIEWS_PER_CARD: Final = 4

# No triggers and no foreign key checks: what they would do is in the rows already.
_BULK_SETTINGS: Final = (
    "session_replication_role = replica",
    "synchronous_commit = off",
    "maintenance_work_mem = '256MB'",
)
_INDEXES: Final = """
select i.relname, pg_get_indexdef(i.oid) from pg_index x join pg_class i on i.oid = x.indexrelid
where x.indrelid in ('cards'::regclass, 'card_progress'::regclass, 'card_reviews'::regclass)
    and not exists (select from pg_constraint c where c.conindid = i.oid)
"""
# Learner by learner within each minute, so that what is one learner's lies apart, as it does in life.
_STATEMENTS: Final = (
    """
    insert into users (id, telegram_id, first_name)
    select md5('user' || l)::uuid, l, 'Learner ' || l from generate_series(0, %(learners)s) l
    """,
    """
    insert into decks (id, profile_id, name, source)
    select md5('deck' || l)::uuid, md5('profile' || l)::uuid, 'Words', 'default' from generate_series(0, %(learners)s) l
    """,
    """
    insert into language_profiles (id, user_id, language, current_level, target_level, is_active, active_deck_id)
    select md5('profile' || l)::uuid, md5('user' || l)::uuid, 'es', 'A1', 'B2', true, md5('deck' || l)::uuid
    from generate_series(0, %(learners)s) l
    """,
    """
    insert into cards (id, deck_id, profile_id, word, lemma, lemma_key, translation, translation_language, example,
        example_translation, part_of_speech, transcription, frequency_zipf, tags, source, is_new_to_owner, created_at)
    select md5('card' || n)::uuid, md5('deck' || l)::uuid, md5('profile' || l)::uuid, word, word, word, 'слово ' || n,
        'ru', 'El ' || word || ' por la mañana, ' || substr(es, 1, 9) || ' ' || substr(es, 10),
        'Утром ' || word || ' и ' || substr(ru, 1, 7) || ' ' || substr(ru, 8, 9) || ' ' || substr(ru, 17), 'noun',
        '/' || word || '/', random() * 7, array['a' || n %% 40], 'manual', false,
        timestamptz '2025-01-01' + n * interval '1 minute'
    from generate_series(1, %(cards)s) n, lateral (
        select n %% %(learners)s as l, substr(md5('word' || n), 1, 4 + n %% 6) || n as word,
            translate(md5('es' || n), '0123456789', 'aeiosrntlu') as es,
            translate(md5('ru' || n), '0123456789', 'aeiosrntlu') as ru
    ) as card
    """,
    """
    insert into card_progress (user_id, card_id, profile_id, state, stability, difficulty, due, last_review,
        scheduled_days, reps, last_rating, introduced_on)
    select md5('user' || n %% %(learners)s)::uuid, md5('card' || n)::uuid, md5('profile' || n %% %(learners)s)::uuid,
        2, random() * 90, 1 + random() * 9, now() + random() * interval '90 days',
        now() - random() * interval '90 days', random() * 90, %(reviews)s, 1 + n %% 4, current_date - n %% 400
    from generate_series(1, %(cards)s) n
    """,
    """
    insert into card_reviews (user_id, client_id, card_id, profile_id, rating, state_before, elapsed_seconds,
        interval_before, interval_after, stability_after, difficulty_after, duration_ms, source, outcome, reviewed_at,
        local_date)
    select user_id, gen_random_uuid(), card_id, profile_id, 1 + r %% 4, 2, random() * 1e6, r, r + 3, random() * 90,
        1 + random() * 9, random() * 60000, 'app',
        jsonb_build_object('due', due, 'state', 2, 'stability', stability, 'difficulty', difficulty, 'reps', r),
        last_review - r * interval '9 days' as at, introduced_on + r
    from generate_series(1, %(reviews)s) r, card_progress
    order by at
    """,
)


def fill(server: EmbeddedPostgres, megabytes: int) -> None:
    """Migrate the server's database and fill it up to some `megabytes`, indexes included."""
    apply(server.url(OWNER))
    cards = megabytes * CARDS_PER_MEGABYTE
    values = {
        "cards": cards,
        "cards_each": CARDS_PER_LEARNER,
        "learners": cards // CARDS_PER_LEARNER,
        "reviews": REVIEWS_PER_CARD,
    }
    with psycopg.connect(server.url(SUPERUSER), autocommit=True) as connection:
        for setting in _BULK_SETTINGS:
            connection.execute(f"set {setting}")
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
        for statement in _STATEMENTS:
            connection.execute(statement, values if "%(" in statement else None)
        for _, definition in indexes:
            connection.execute(definition)
        connection.execute("vacuum (analyze)")
        connection.execute("checkpoint")
