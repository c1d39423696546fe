"""`langagent server setup`."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.server.setup import Change


def command(
    ctx: typer.Context,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    folder: Folder = PATH,
    deploy_user: Annotated[str, typer.Option("--deploy-user", help="Who deploys; made if missing.")] = "deploy",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Make a bare server ready for deploys."""
    from ops.server.facts import gather
    from ops.server.setup import Wanted, apply, plan, verify

    output = Output.of(ctx)
    wanted = Wanted(deploy_user, folder)
    with connected(host, user, port, identity) as server:
        changes = plan(gather(server, folder, deploy_user), wanted)
        if not dry_run:
            apply(server, changes, output.event)
    if not dry_run:
        with connected(host, user, port, identity) as server:  # a new login has the new groups
            verify(gather(server, folder, deploy_user), wanted)
    output.result({"changes": [_document(change) for change in changes]}, _summary(changes, dry_run=dry_run))


def _document(change: "Change") -> dict[str, object]:
    return {"name": change.name, "what": change.what, "skipped": change.is_skipped}


def _summary(changes: list["Change"], *, dry_run: bool) -> str:
    if dry_run:
        return "\n".join(f"{change.name}: {change.what}" for change in changes) or "Nothing would change."
    done = sum(not change.is_skipped for change in changes)
    return f"Ready, {done} changes made. Next: langagent env init" if done else "Ready; nothing had to change."
