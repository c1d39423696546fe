"""`langagent dev doctor`."""

from typing import TYPE_CHECKING

import typer

from cli.dev.options import Port, State, TelegramPort, WebPort
from cli.output import Output

if TYPE_CHECKING:
    from ops.dev.doctor import Finding


def command(
    ctx: typer.Context,
    port: Port = 8000,
    web_port: WebPort = 5173,
    telegram_port: TelegramPort = 8081,
    state: State = None,
) -> None:
    """Check this machine and name the mend for each problem."""
    from dataclasses import asdict

    from ops.dev.doctor import examine
    from ops.dev.project import find_project
    from ops.dev.services import Ports
    from ops.errors import PreflightError

    output = Output.of(ctx)
    findings = examine(find_project(state), Ports(port, web_port, telegram_port))
    lines = [_line(finding) for finding in findings]
    output.result({"findings": [asdict(finding) for finding in findings]}, "\n".join(lines))
    if not all(finding.ok for finding in findings):
        raise PreflightError("This machine lacks something; the list above names each mend.")


def _line(finding: "Finding") -> str:
    if finding.ok:
        return f"ok   {finding.name:<14} {finding.detail}"
    return f"BAD  {finding.name:<14} {finding.detail}\n     mend: {finding.mend}"
