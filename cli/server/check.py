"""`langagent server check`."""

from typing import TYPE_CHECKING

import typer

from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.server.checks import Finding

MARKS = {"ok": "ok  ", "warning": "WARN", "bad": "BAD "}


def command(
    ctx: typer.Context,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    folder: Folder = PATH,
) -> None:
    """Compare a server with what is advised and name the mend for each problem."""
    import time
    from dataclasses import asdict

    from ops.errors import PreflightError
    from ops.server.checks import Level, examine
    from ops.server.facts import gather

    with connected(host, user, port, identity) as server:
        findings = examine(gather(server, folder), time.time())
    lines = "\n".join(_line(finding) for finding in findings)
    Output.of(ctx).result({"findings": [asdict(finding) for finding in findings]}, lines)
    if any(finding.level is Level.BAD for finding in findings):
        raise PreflightError("The server is not ready for deploys; the list above names each mend.")


def _line(finding: "Finding") -> str:
    line = f"{MARKS[finding.level]} {finding.name:<9} {finding.detail}"
    return f"{line}\n     mend: {finding.mend}" if finding.mend else line
