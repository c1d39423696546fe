"""`langagent dev reset`."""

from typing import Annotated

import typer

from cli.dev.options import State, Yes
from cli.output import Output
from ops.dev.choices import Infra


def command(
    ctx: typer.Context,
    infra: Annotated[Infra, typer.Option(help="Which databases: embedded (auto means these) or docker.")] = Infra.AUTO,
    yes: Yes = False,
    state: State = None,
) -> None:
    """Delete the local databases."""
    from ops.dev.project import find_project
    from ops.dev.reset import reset

    output = Output.of(ctx)
    project = find_project(state)
    output.confirm(f"Delete the local databases of {project.state}?", yes=yes)
    deleted = reset(project, infra)
    output.result({"deleted": deleted}, f"Deleted: {', '.join(deleted)}" if deleted else "There was nothing to delete.")
