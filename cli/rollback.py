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
    lost,
    steps_of,
    tell_end,
    way_to,
)
from cli.dev.options import Yes
from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.releases.choice import Candidate


def command(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", help="Id or tag of a release. Default: the newest good one before")] = "",
    list_: Annotated[bool, typer.Option("--list", help="Say which releases there are to go back to, and how.")] = False,
    restore_backup: Annotated[
        str, typer.Option("--restore-backup", metavar="ID", help="Bring this backup back, too: an id, or `latest`.")
    ] = "",
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
    """Bring an earlier release back, on the database as it is or with a backup."""
    from dataclasses import asdict

    from ops.deploy.request import who
    from ops.deploy.rollback import Rollback
    from ops.plan.models import Patience

    output = Output.of(ctx)
    with connected(host, user, port, identity) as server:
        handover = way_to(server, path, output)
        patience = Patience(bake=bake, timeout=gate_timeout, passes=gate_passes)
        rollback = Rollback(handover, patience, who(os.environ), _typed(to, restore_backup))
        if list_:
            return _list(output, rollback.candidates(handover.look()))
        if dry_run:
            facts = handover.look()
            backup = rollback.find_backup(facts, restore_backup) if restore_backup else None
            chosen, _, plan = rollback.plan(facts, to, backup)
            lines = [f"{chosen.id}: {chosen.fate}", *steps_of(plan), "Nothing was changed."]
            return output.result({"release": chosen.id, "plan": asdict(plan)}, "\n".join(lines))
        facts, same = rollback.ready()
        if same:
            return tell_end(output, same)
        backup = rollback.find_backup(facts, restore_backup) if restore_backup else None
        if backup:
            chosen, _, _ = rollback.plan(facts, to, backup)
            question = f"Go back to {chosen.id} with the data of {backup.id}: {lost(backup, facts)} is lost?"
            output.confirm(question, yes=yes, word="production")
        return tell_end(output, rollback.run(facts, to, backup))


def _typed(to: str, restore_backup: str) -> str:
    options = (f" {name} {value}" for name, value in (("--to", to), ("--restore-backup", restore_backup)) if value)
    return f"langagent rollback{''.join(options)}"


def _list(output: Output, found: "list[Candidate]") -> None:
    documents = [
        {"release": one.id, "warm": one.warm, "problem": one.problem, "passed_over": one.passed_over} for one in found
    ]
    lines = [f"{one.id}  {one.fate}" for one in found]
    output.result({"releases": documents}, "\n".join(lines) or "There is no earlier good release.")
