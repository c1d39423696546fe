"""`langagent rollback`."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from cli.deploy_options import (
    BAKE,
    GATE_PASSES,
    GATE_TIMEOUT,
    Bake,
    DryRun,
    GatePasses,
    GateTimeout,
    steps_of,
    tell_end,
    way_to,
)
from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.releases.choice import Candidate


def command(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", help="Id or tag of a release. Default: the newest good one before")] = "",
    list_: Annotated[bool, typer.Option("--list", help="Say which releases there are to go back to, and how.")] = False,
    dry_run: DryRun = False,
    bake: Bake = BAKE,
    gate_timeout: GateTimeout = GATE_TIMEOUT,
    gate_passes: GatePasses = GATE_PASSES,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    path: Folder = PATH,
) -> None:
    """Bring an earlier release back, on the schema as it is."""
    from dataclasses import asdict

    from ops.deploy.request import who
    from ops.deploy.rollback import Rollback
    from ops.plan.models import Patience

    output = Output.of(ctx)
    with connected(host, user, port, identity) as server:
        handover = way_to(server, path, output)
        patience = Patience(bake=bake, timeout=gate_timeout, passes=gate_passes)
        rollback = Rollback(handover, patience, who(os.environ), f"langagent rollback {to}".strip())
        if list_:
            return _list(output, rollback.candidates(handover.look()))
        if dry_run:
            chosen, _, plan = rollback.plan(handover.look(), to)
            lines = [f"{chosen.id}: {chosen.fate}", *steps_of(plan), "Nothing was changed."]
            return output.result({"release": chosen.id, "plan": asdict(plan)}, "\n".join(lines))
        return tell_end(output, rollback.run(to))


def _list(output: Output, found: "list[Candidate]") -> None:
    documents = [{"release": one.id, "warm": one.warm, "problem": one.problem, "left": one.left} for one in found]
    lines = [f"{one.id}  {one.fate}" for one in found]
    output.result({"releases": documents}, "\n".join(lines) or "There is no earlier good release.")
