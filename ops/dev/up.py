"""`dev up`: everything started in order, watched until someone asks to stop, stopped in reverse."""

import os
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType

from ops import migrations
from ops.dev import bot, secrets, services, state
from ops.dev import infra as databases
from ops.dev.choices import Infra, Telegram
from ops.dev.infra import Databases
from ops.dev.ports import require_free
from ops.dev.project import Project
from ops.dev.services import Ports
from ops.dev.state import Run
from ops.dev.supervisor import Supervisor
from ops.environment import dotenv
from ops.errors import VerificationError
from ops.events import Event


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked `dev up` for."""

    infra: Infra = Infra.AUTO
    telegram: Telegram = Telegram.EMULATOR
    ports: Ports = field(default_factory=Ports)
    schedule: bool = False


def up(project: Project, wish: Wish) -> Generator[Event, None, None]:
    """Start everything and yield what happens until SIGINT or SIGTERM.

    Raises:
        PreflightError, ConfigurationError: something does not fit; nothing was started.
        LockedError: another `dev up` lives.
        OpsError: a database ended; all else was stopped.
    """
    project.prepare()
    with ExitStack() as stack:
        stack.enter_context(state.claimed(project))
        stack.enter_context(_handled(signal.default_int_handler))
        yield from _mend(project)
        _require_ports(wish.ports)
        chosen = databases.choose(wish.infra)
        run = Run(state.Process.of(os.getpid()), datetime.now(UTC).isoformat(timespec="seconds"), chosen.value)
        stack.callback(state.forget, project)
        state.save(project, run)
        yield from _run(project, wish, run, stack)


def _run(project: Project, wish: Wish, run: Run, stack: ExitStack) -> Iterator[Event]:
    yield Event("phase", f"Starting PostgreSQL and Redis ({run.infra})")
    made = secrets.load_or_make(project.secrets_file)
    given = dotenv.read(project.env_file) | dict(os.environ)
    variables = {"MEDIA_ROOT": str(project.media)} | made | given | bot.settings(wish.telegram, wish.ports, made, given)
    running = stack.enter_context(databases.running(project, Infra(run.infra), variables))
    decided = services.environment(wish.ports, running.app_url, running.redis_url)
    decided |= bot.address_of_app(wish.telegram, given)
    supervisor = Supervisor(project.logs, variables | decided)
    run.bot = bot.reached_by(variables)
    stack.callback(supervisor.stop)
    if wish.ports.web is not None:
        supervisor.add(services.web(project, wish.ports.web, wish.ports))
    if wish.ports.telegram is not None:
        supervisor.add(services.telegram(project, wish.ports.telegram, decided["APP_URL"]))
    yield from _migrate(running)
    supervisor.add(services.app(project, wish.ports.app))
    supervisor.add(services.worker(project))
    if wish.schedule:
        supervisor.add(services.schedule(project))
    run.urls, run.owner_url = services.urls(wish.ports), running.owner_url
    yield from _watch(project, run, running, supervisor)


def _migrate(running: Databases) -> Iterator[Event]:
    yield Event("phase", "Applying migrations")
    try:
        outcome = migrations.apply(running.owner_url)
    except VerificationError as error:
        fresh = f"`langagent dev reset --infra {running.infra}` for an empty database"
        raise VerificationError(
            error.message, state=error.state, next_command=f"{error.next_command}, or {fresh}"
        ) from error
    if outcome.names:
        yield Event("phase", f"Applied {', '.join(outcome.names)}", {"migrations": outcome.names})
    if running.infra is Infra.EXTERNAL:  # the others let every local connection in, and need no passwords
        yield from (Event("warning", note) for note in outcome.notes)


def _watch(project: Project, run: Run, running: Databases, supervisor: Supervisor) -> Iterator[Event]:
    announced = False
    with _handled(lambda *_: supervisor.ask_to_stop()):
        _record(project, run, supervisor)
        for event in supervisor.run(running.require_alive):
            yield event
            if bot.has_appeared(event):
                yield bot.connect(run.bot)
            if event.kind != "log":
                _record(project, run, supervisor)
            if supervisor.all_ready and not announced:
                announced = True
                yield Event(
                    "ready", f"Everything runs; Ctrl-C stops it.\n{services.listed(run.urls)}", {"urls": run.urls}
                )
        yield Event("phase", "Stopping")
        supervisor.stop()


def _record(project: Project, run: Run, supervisor: Supervisor) -> None:
    run.children = {name: state.Process.of(pid) for name, pid in supervisor.pids.items()}
    state.save(project, run)


def _mend(project: Project) -> Iterator[Event]:
    killed = state.load(project)
    if killed is None:
        return
    names = state.clear_leftovers(killed)
    what = f"its {', '.join(names)} ended" if names else "nothing of it was left"
    yield Event("phase", f"An earlier run was killed: {what}")


def _require_ports(ports: Ports) -> None:
    require_free(ports.app, "--port")
    if ports.web is not None:
        require_free(ports.web, "--web-port")
    if ports.telegram is not None:
        require_free(ports.telegram, "--telegram-port")


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Handle SIGINT, SIGTERM and a closed terminal in one way."""
    before = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
