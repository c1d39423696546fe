"""What the commands that put a release live share: options, the way to the server, and how an end is told."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import Output
from cli.output.units import duration

if TYPE_CHECKING:
    from ops.deploy.handover import Handed, Handover
    from ops.deploy.saved import Saved
    from ops.hosts.base import Host
    from ops.notify.notifier import Notifier
    from ops.plan.facts import Facts
    from ops.plan.models import Plan

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Bake = Annotated[float, typer.Option("--bake", min=0, help="Seconds that a release is watched after the switch.")]
GateTimeout = Annotated[float, typer.Option("--gate-timeout", min=1, help="Seconds within which a gate is passed.")]
GatePasses = Annotated[int, typer.Option("--gate-passes", min=1, help="Answers in a row that pass a gate.")]
BAKE, GATE_TIMEOUT, GATE_PASSES = 30.0, 90.0, 3


def host_option(host: str) -> str:
    """Return how this command named its server, to be repeated in another."""
    return f" --host {host}" if host else ""


def way_to(server: "Host", folder: str, output: Output) -> "Handover":
    """Return the way to a server, which tells here what happens there."""
    from ops.deploy.handover import Handover
    from ops.releases.layout import Layout
    from ops.timer import Timer

    return Handover(server, Layout(folder), Timer(), output.event, _notifier(os.environ))


def tell_end(output: Output, handed: "Handed") -> None:
    """Print how a release went live."""
    release, outcome = handed.release, handed.outcome
    restored = outcome.evidence.get("restore", {})
    switched = f", switched after {duration(outcome.to_switch)}" if outcome.to_switch else ""
    document = {
        "release": release.id,
        "tag": release.tag,
        "kind": release.kind,
        "result": outcome.result,
        "seconds": outcome.seconds,
        "seconds_to_switch": outcome.to_switch,
        "phases": outcome.phases,
        "warnings": outcome.warnings,
        "backup": restored.get("backup", ""),
        "kept": restored.get("kept", ""),
    }
    data = (
        f" Its data is that of {restored['backup']}; what was there is kept as {restored['kept']}." if restored else ""
    )
    output.result(document, f"{release.id} is live after {duration(outcome.seconds)}{switched}.{data}")


def steps_of(plan: "Plan") -> list[str]:
    """Return the lines that say what a plan would do."""
    from ops.plan.sequence import described

    return [f"{number:2}. {step}: {told}" for number, (step, told) in enumerate(described(plan), 1)]


def lost(backup: "Saved", facts: "Facts") -> str:
    """Say how much is lost when a backup takes the place of the database."""
    from ops.durations import spoken

    return f"what was written in the last {spoken(facts.now - backup.at)}, since {backup.at:%Y-%m-%d %H:%M:%S} UTC,"


def _notifier(environ: Mapping[str, str]) -> "Notifier":
    """Return the chat of the CI, if its variables are set."""
    from langagent.settings import Secret
    from ops.notify.channels import TelegramChannel
    from ops.notify.notifier import Notifier

    token, chat = environ.get("CI_TELEGRAM_BOT_TOKEN", ""), environ.get("TELEGRAM_DEPLOY_CHAT_ID", "")
    if not token or not chat:
        return Notifier([])
    server = environ.get("TELEGRAM_API_URL") or "https://api.telegram.org"
    return Notifier([TelegramChannel(server, Secret(token), chat, name="Telegram (TELEGRAM_DEPLOY_CHAT_ID)")])
