"""`langagent deploy`."""

import os
from pathlib import Path
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
    host_option,
    steps_of,
    tell_end,
    way_to,
)
from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.plan.models import Plan
    from ops.plan.preflight import Verdict


def command(
    ctx: typer.Context,
    tag: Annotated[
        str, typer.Argument(metavar="TAG", help="TAG or TAG@sha256:DIGEST. Default: BACKEND_IMAGE_TAG of the server")
    ] = "",
    build: Annotated[bool, typer.Option("--build", help="Build the image here and send it: no registry.")] = False,
    dry_run: DryRun = False,
    no_backup: Annotated[bool, typer.Option("--no-backup", help="Make no backup first.")] = False,
    attach: Annotated[bool, typer.Option("--attach", help="Follow the release that is under way.")] = False,
    image: Annotated[str, typer.Option("--image", help="The image's name. Default: BACKEND_IMAGE of the server")] = "",
    project: Annotated[Path, typer.Option("--project", help="Folder of the project's checkout.")] = Path(),
    bake: Bake = BAKE,
    gate_timeout: GateTimeout = GATE_TIMEOUT,
    gate_passes: GatePasses = GATE_PASSES,
    registry_user: Annotated[
        str, typer.Option("--registry-user", envvar="GHCR_USERNAME", help="Who GHCR_TOKEN belongs to.")
    ] = "",
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    path: Folder = PATH,
) -> None:
    """Put a version live: gated, watched, and taken back by itself if it fails."""
    from langagent.settings import Secret
    from ops.deploy.deploy import Deployer
    from ops.deploy.request import Login, Request, asked_version, who
    from ops.plan.models import Patience

    output = Output.of(ctx)
    with connected(host, user, port, identity) as server:
        handover = way_to(server, path, output)
        if attach:
            return tell_end(output, handover.attach())
        request = Request(
            version=asked_version(tag, server, handover.layout, build=build),
            who=who(os.environ),
            command=f"langagent deploy {tag}".strip(),
            image=image,
            login=Login(registry_user, Secret(os.environ.get("GHCR_TOKEN", ""))),
            backup=not no_backup,
            build=build,
            patience=Patience(bake=bake, timeout=gate_timeout, passes=gate_passes),
            host_option=host_option(host),
        )
        deployer = Deployer(request, handover, project)
        if dry_run:
            return _show(output, *deployer.dry_run())
        return tell_end(output, deployer.deploy())


def _show(output: Output, verdicts: "list[Verdict]", plan: "Plan") -> None:
    from dataclasses import asdict

    checks = [f"{verdict.result:8}  {verdict.message}" for verdict in verdicts]
    document = {"checks": [asdict(verdict) for verdict in verdicts], "plan": asdict(plan)}
    output.result(document, "\n".join([*checks, *steps_of(plan), "Nothing was changed."]))
