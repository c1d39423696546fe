"""The operations' own process, made of what the owner chose."""

import secrets
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ops.backups.database import find_url
from ops.events import Event
from ops.health.ages import read_ages
from ops.notify.notifier import find_notifier
from ops.schedule.config import ScheduleConfig, find_schedule
from ops.schedule.dead_letters import describe_dead_letters
from ops.schedule.leader import Leader
from ops.schedule.metrics import served
from ops.schedule.tasks import tasks
from ops.schedule.watch import Watch
from ops.scheduler import Scheduler

# The command itself, wherever its script lies: an image keeps it apart from the interpreter.
COMMAND = "from cli.main import main; main()"


def start(file: Path, environ: Mapping[str, str], state: Path | None, tell: Callable[[Event], None]) -> None:
    """Run until SIGTERM or SIGINT.

    Raises:
        ConfigurationError: a setting cannot be used.
        PreflightError: the folder cannot be written, or the metrics' port not be used; nothing was started.
    """
    config = find_schedule(file, environ, state)
    config.prepare()
    scheduler = _scheduler(config, file, environ, state, tell)
    with served(config.settings.schedule_metrics_port):
        scheduler.run()


def _scheduler(
    config: ScheduleConfig,
    file: Path,
    environ: Mapping[str, str],
    state: Path | None,
    tell: Callable[[Event], None],
) -> Scheduler:
    jitter = timedelta(seconds=secrets.randbelow(60 * config.settings.backup_jitter_minutes + 1))
    notifier = find_notifier(file, environ)
    if not notifier.channels:
        tell(Event("warning", "No alert channel is set: nobody hears of trouble. See docs/alerts.md."))
    if not config.can_drill:
        tell(Event("warning", "Backups cannot be restored here: run `langagent backup drill` where they can."))
    return Scheduler(
        tasks(config, jitter),
        [sys.executable, "-c", COMMAND],
        _variables(config, file, environ, state),
        leader=Leader(find_url(config.backups)),
        watch=Watch(
            lambda now: read_ages(config.backups, config.budgets, now),
            drills_here=config.can_drill,
            heartbeat_url=config.heartbeat_url,
            certificates=config.certificates if config.has_certificate else None,
            renew_days=config.renew_days,
            dead_letters=lambda: describe_dead_letters(find_url(config.backups)),
        ),
        notifier=notifier,
        folder=config.folder,
        tell=tell,
        clock=lambda: datetime.now(UTC),
    )


def _variables(config: ScheduleConfig, file: Path, environ: Mapping[str, str], state: Path | None) -> Mapping[str, str]:
    """Return what the commands are told. A drill writes a whole dump to TMPDIR, and /tmp of a container is memory."""
    chosen = {"LANGAGENT_ENV_FILE": str(file), "TMPDIR": environ.get("TMPDIR") or str(config.folder)}
    return {**chosen, "LANGAGENT_STATE": str(state)} if state else chosen
