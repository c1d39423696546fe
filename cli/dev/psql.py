"""`langagent dev psql`."""

import os
from typing import Annotated

import typer

from cli.dev.options import State


def command(
    arguments: Annotated[list[str] | None, typer.Argument(help="Passed on to psql, after --.")] = None,
    state: State = None,
) -> None:
    """Open psql on the local database."""
    from ops.dev.project import find_project
    from ops.dev.psql import psql_argv

    argv = [*psql_argv(find_project(state)), *(arguments or [])]
    os.execvp(argv[0], argv)  # noqa: S606 - an argv list of ours
