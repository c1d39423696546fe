"""`langagent backup doctor`."""

import os
from typing import Annotated

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Do what is safe: remove leftovers, close the bucket.")] = False,
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Check the stores and name the mend for each problem."""
    from collections.abc import Iterator
    from datetime import UTC, datetime

    from ops.backups.config import find_config, open_stores
    from ops.backups.database import open_database
    from ops.backups.doctor import examine, mend
    from ops.backups.findings import Finding
    from ops.backups.snapshot import locked
    from ops.errors import PreflightError
    from ops.media import config as media
    from ops.media import doctor

    output = Output.of(ctx)
    config = find_config(file, os.environ, state)
    stores, files = open_stores(config), media.find_config(file, os.environ, state)
    with open_database(config) as database, locked(database) as connection:

        def examined() -> Iterator[Finding]:
            now = datetime.now(UTC)
            yield from examine(config, stores, database, connection, now)
            yield from doctor.examine(files, now)

        findings = list(examined())
        if fix:
            for event in mend(findings):
                output.event(event)
            findings = list(examined())
    lines = [f"{'ok ' if finding.ok else 'BAD'}  {finding.name}: {finding.detail}" for finding in findings]
    output.result({"findings": [finding.as_document() for finding in findings]}, "\n".join(lines))
    bad = [finding for finding in findings if not finding.ok]
    if bad:
        mends = "; ".join(f"{finding.name} → {finding.mend}" for finding in bad)
        raise PreflightError(f"{len(bad)} of {len(findings)} checks failed.", next_command=mends)
