"""One question of the app's own to a restored database: views, keys and indexes have to work together to answer it."""

import psycopg

from ops.backups.database import Connection
from ops.errors import VerificationError

_IS_OURS = "select to_regclass('public.readable_cards') is not null and to_regclass('public.card_progress') is not null"
_LAST_LEARNERS_QUEUE = """
with learner as (select user_id from public.card_reviews order by id desc limit 1)
select count(*), count(*) filter (where card_progress.due <= now() and not card_progress.suspended)
from learner
join public.readable_cards using (user_id)
left join public.card_progress using (user_id, card_id)
"""


def ask(connection: Connection) -> str:
    """Ask for the study queue of who learned last, and return the answer; empty where the database is not ours.

    Raises:
        VerificationError: the database cannot answer.
    """
    try:
        if connection.execute(_IS_OURS).fetchone() != (True,):
            return ""
        cards, due = connection.execute(_LAST_LEARNERS_QUEUE).fetchone() or (0, 0)
    except psycopg.Error as error:
        raise VerificationError(f"What was loaded does not answer a study queue: {str(error).strip()}") from error
    return f"{cards} cards of the last learner, {due} due"
