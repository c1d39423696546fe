"""Options that the `migrate` commands share."""

from typing import Annotated

import typer

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        envvar=["DATABASE_OWNER_URL", "DATABASE_URL"],
        show_envvar=True,
        help="The database, as its owner. Default: the one that `dev up` runs.",
    ),
]
