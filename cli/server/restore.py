"""`langagent server restore`."""

import os
from typing import Annotated

import typer

from cli.deploy_options import (
    BAKE,
    GATE_PASSES,
    GATE_TIMEOUT,
    Bake,
    DryRun,
    GatePasses,
    GateTimeout,
    lost,
    steps_of,
    tell_end,
    way_to,
)
from cli.dev.options import Yes
from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected


def command(
    ctx: typer.Context,
    backup: Annotated[
        str, typer.Argument(metavar="ID|latest", help="Id of a backup, or `latest`: the newest of its own database.")
    ],
    dry_run: DryRun = False,
    yes: Yes = False,
    bake: Bake = BAKE,
    gate_timeout: GateTimeout = GATE_TIMEOUT,
    gate_passes: GatePasses = GATE_PASSES,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    path: Folder = PATH,
) -> None:
    """Bring the data of a backup back under the release that serves, behind the maintenance page."""
    from dataclasses import asdict

    from ops.deploy.request import who
    from ops.deploy.restore import Restoration
    from ops.plan.models import Patience

    output = Output.of(ctx)
    with connected(host, user, port, identity) as server:
        handover = way_to(server, path, output)
        patience = Patience(bake=bake, timeout=gate_timeout, passes=gate_passes)
        restoration = Restoration(handover, patience, who(os.environ), f"langagent server restore {backup}")
        facts, same = (handover.look(), None) if dry_run else restoration.ready()
        if same:
            return tell_end(output, same)
        found = restoration.find_backup(facts, backup)
        release, plan = restoration.plan(facts, found)
        loss = f"{lost(found, facts)} is lost"
        if dry_run:
            lines = [f"{release.tag} with the data of {found.id}: {loss}", *steps_of(plan), "Nothing was changed."]
            return output.result({"backup": found.id, "plan": asdict(plan)}, "\n".join(lines))
        output.confirm(f"Put {found.id} in the place of the database: {loss}?", yes=yes, word="production")
        return tell_end(output, restoration.run(facts, found))
