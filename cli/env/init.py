"""`langagent env init`."""

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cli.env.options import DEFAULT, File, place
from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.environment.values import Question


def command(
    ctx: typer.Context,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", help="NAME=VALUE, or NAME alone: its value is taken from the environment. Repeatable."),
    ] = None,
    file: File = DEFAULT,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    folder: Folder = PATH,
) -> None:
    """Write a .env with generated secrets."""
    from datetime import UTC, datetime

    from ops.environment.files import init
    from ops.environment.values import assigned, questions

    output = Output.of(ctx)
    values = {**({"ENVIRONMENT": "production"} if host else {}), **assigned(given or (), os.environ)}
    path = place(file, host, folder)
    with connected(host, user, port, identity) as server:
        values.update(_answers(output, questions(values)))
        init(server, path, datetime.now(UTC).date(), values)
    text = f"Wrote {path} (mode 0600). Next: fill in what `langagent env check` names."
    output.result({"file": path}, text)


def _answers(output: Output, wanted: Iterable["Question"]) -> Iterator[tuple[str, str]]:
    for question in wanted if output.can_ask else ():
        answer = output.ask(f"{question.name} ({question.doc}; Enter: later)", hidden=question.secret)
        if answer:
            yield question.name, answer
