"""The entry point of the `langagent` command."""

import logging
import sys
from typing import Annotated

import typer
from typer.main import get_command

from cli.errors import report
from cli.lazy import LazyGroup
from cli.output import Output

app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"auto_envvar_prefix": "LANGAGENT", "help_option_names": ["--help", "-h"]},
)


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(version("langagent"))
        raise typer.Exit


@app.callback()
def langagent(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """LangAgent: a language tutor in Telegram and the browser, and what its owner runs it with."""


def main() -> None:
    """Run the command line and exit with a code of the table in `cli.errors`."""
    logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what a connection complains of, an error tells
    output = Output()
    try:
        get_command(app).main(prog_name="langagent", obj=output)
    except SystemExit as stop:
        if stop.code == 130:
            output.say(f"Interrupted: {output.if_interrupted}")
        raise
    except Exception as error:
        sys.exit(report(error, output))
