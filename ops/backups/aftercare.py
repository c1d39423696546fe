"""What a restored database must not bring back: erased accounts, and messages that were sent already."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ops.backups.database import Connection

ErasedAccount = tuple[UUID, datetime]

_REMEMBER = """
insert into public.erased_accounts (user_id, erased_at)
select * from unnest(%s::uuid[], %s::timestamptz[]) on conflict do nothing
"""
_ERASE = """
delete from public.users using public.erased_accounts
where users.id = erased_accounts.user_id and users.deleted_at is null
"""
_OUTBOX = """
update public.outbox
set status = 'skipped', done_at = now(), claimed_by = null, claimed_until = null, error = 'restored'
where done_at is null
"""
_INBOX = """
update public.tg_inbox
set payload = '{}', done_at = now(), claimed_by = null, claimed_until = null, error = 'restored'
where done_at is null
"""


def erased_accounts(connection: Connection) -> list[ErasedAccount]:
    """Return who was ever erased from this database; nobody, where it is not ours."""
    if not _has(connection, "erased_accounts"):
        return []
    return connection.execute("select user_id, erased_at from public.erased_accounts").fetchall()


def erase_again(connection: Connection, erased: Sequence[ErasedAccount]) -> int:
    """Delete, with all that is theirs, the accounts that were erased after the backup, and return how many."""
    if not erased or not _has(connection, "erased_accounts") or not _has(connection, "users"):
        return 0
    with connection.transaction():
        connection.execute(_REMEMBER, ([user for user, _ in erased], [at for _, at in erased]))
        return connection.execute(_ERASE).rowcount


def send_nothing_twice(connection: Connection) -> int:
    """Close what was not sent, and not answered, when the backup was made; it has been since. Return how much."""
    queues = {"outbox": _OUTBOX, "tg_inbox": _INBOX}
    with connection.transaction():
        return sum(connection.execute(close).rowcount for table, close in queues.items() if _has(connection, table))


def _has(connection: Connection, table: str) -> bool:
    return connection.execute("select to_regclass(%s)", (f"public.{table}",)).fetchone() != (None,)
