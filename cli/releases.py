"""`langagent releases`."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import Output
from cli.output.units import duration
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.releases.ledger import Entry


def command(
    ctx: typer.Context,
    phases: Annotated[bool, typer.Option("--phases", help="Show how long each step took, too.")] = False,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    path: Folder = PATH,
) -> None:
    """List every release of a server: when, by whom, how it ended, how long it took."""
    from ops.events import Event
    from ops.releases.layout import Layout
    from ops.releases.ledger import read

    output = Output.of(ctx)
    with connected(host, user, port, identity) as server:
        found = read(server, Layout(path))
    for name in found.skipped:
        output.event(Event("warning", f"releases/{name} cannot be read and was skipped."))
    current = found.current
    lines = [line for entry in found.entries for line in _lines(entry, entry is current, phases)]
    output.result({"releases": [_document(entry) for entry in found.entries]}, "\n".join(lines) or "There is none yet.")


def _lines(entry: "Entry", is_current: bool, phases: bool) -> list[str]:
    release, outcome = entry.release, entry.outcome
    mark = "*" if is_current else " "
    if outcome is None:
        return [f"{mark} {release.id}  {release.kind}  under way  {release.who}"]
    took = f"{duration(outcome.seconds)}, {duration(outcome.to_switch)} to the switch"
    why = f"  at {outcome.step}" if outcome.step else ""
    backup = outcome.found("restore", "backup", "")
    data = f"  with {backup}" if backup else ""
    line = f"{mark} {release.id}  {release.kind}  {outcome.result}{why}  {took}  {release.who}{data}"
    return [line, *(f"      {name:12} {seconds:6.1f} s" for name, seconds in outcome.phases.items() if phases)]


def _document(entry: "Entry") -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(entry.release), "outcome": asdict(entry.outcome) if entry.outcome else None}
