"""The options that every command has."""

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.main import get_command

from cli.output import Output


def _sets(attribute: str) -> Callable[[typer.Context, bool], bool]:
    def callback(ctx: typer.Context, value: bool) -> bool:
        if value:
            setattr(Output.of(ctx), attribute, True)
        return value

    return callback


def _flag(*names: str, attribute: str, text: str) -> Any:
    return typer.Option(*names, help=text, envvar=f"LANGAGENT_{attribute.upper()}", callback=_sets(attribute))


def _common(
    json: Annotated[bool, _flag("--json", attribute="json", text="One JSON document per line on stdout.")] = False,
    quiet: Annotated[bool, _flag("--quiet", "-q", attribute="quiet", text="Results and errors only.")] = False,
    verbose: Annotated[
        bool, _flag("--verbose", "-v", attribute="verbose", text="More talk, and tracebacks of unexpected errors.")
    ] = False,
    no_input: Annotated[bool, _flag("--no-input", attribute="no_input", text="Never ask; refuse instead.")] = False,
) -> None: ...


def common_parameters() -> list[Any]:
    """Return the parameters of --json, --quiet, --verbose and --no-input, not passed on to the command."""
    app = typer.Typer(add_completion=False)
    app.command()(_common)
    parameters = get_command(app).params
    for parameter in parameters:
        parameter.expose_value = False
    return parameters
