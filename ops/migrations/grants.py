"""Who may do what: the app has rows, the backup reads, nobody else makes anything."""

from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from ops.migrations.ledger import INTERNAL_TABLES, Connection

APP = "langagent_app"
BACKUP = "langagent_backup"

_SCHEMA_RIGHTS = ("revoke create on schema public from public",)
_APP_RIGHTS = (
    "grant usage on schema public to {role}",
    "grant select, insert, update, delete on all tables in schema public to {role}",
    "grant usage on all sequences in schema public to {role}",
    "alter default privileges in schema public grant select, insert, update, delete on tables to {role}",
    "alter default privileges in schema public grant usage on sequences to {role}",
    "revoke all on {internal} from {role}",
    "grant select on schema_state to {role}",
)
_BACKUP_RIGHTS = (
    "grant usage on schema public to {role}",
    "grant select on all tables in schema public to {role}",
    "grant select on all sequences in schema public to {role}",
    "alter default privileges in schema public grant select on tables to {role}",
    "alter default privileges in schema public grant select on sequences to {role}",
)


def put_in_place(connection: Connection) -> list[str]:
    """Create missing roles where this connection may, and give each existing one its rights, in one transaction.

    Returns:
        What could not be done here and has to be done by the database's administrator.
    """
    with connection.transaction():
        notes = [note for role in (APP, BACKUP) if (note := _ensure_role(connection, role))]
        _execute(connection, _SCHEMA_RIGHTS, role=None)
        if _exists(connection, APP):
            _execute(connection, _APP_RIGHTS, role=APP)
        if _exists(connection, BACKUP):
            _execute(connection, _BACKUP_RIGHTS, role=BACKUP)
    return notes


def _ensure_role(connection: Connection, role: str) -> str | None:
    if _exists(connection, role):
        return None
    try:
        with connection.transaction():
            connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
    except InsufficientPrivilege:
        return f"The role {role} is missing and this connection may not create it: CREATE ROLE {role} LOGIN PASSWORD …"
    return f"The role {role} was created without a password: ALTER ROLE {role} PASSWORD …"


def _exists(connection: Connection, role: str) -> bool:
    return connection.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone() is not None


def _execute(connection: Connection, statements: tuple[str, ...], *, role: str | None) -> None:
    names = {
        "role": sql.Identifier(role or "public"),
        "internal": sql.SQL(", ").join(map(sql.Identifier, INTERNAL_TABLES)),
    }
    for statement in statements:
        connection.execute(sql.SQL(statement).format(**names))
