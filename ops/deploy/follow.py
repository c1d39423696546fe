"""Follow the journal of a release to its outcome; the executor does not notice whether anybody does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ops.deploy.launch import take_up
from ops.errors import HostError
from ops.events import Event
from ops.executor.journal import Line, State, parse
from ops.hosts import docker, executors
from ops.hosts.base import Done, Host
from ops.plan.models import Plan
from ops.plan.sequence import described
from ops.releases.layout import Folder, Layout
from ops.releases.models import Outcome
from ops.timer import Timer

POLL_SECONDS = 0.2
SILENCE_SECONDS = 5.0
MOST_SILENCES = 6
# Exit code 3: there is no outcome yet. The outcome is looked for first, so that no line before it is missed.
_LOOK = 'test -f "$3"; code=$?; tail -c "+$1" "$2" 2>/dev/null; [ $code = 0 ] || exit 3'

Tell = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Follower:
    """Follows one release on a server.

    Attributes:
        image: the executor's image, should its container be gone.
    """

    host: Host
    plan: Plan
    image: str
    timer: Timer
    tell: Tell

    def follow(self) -> Outcome:
        """Tell of every line until there is an outcome; an executor that somebody stopped is started again.

        Raises:
            HostError: the connection was lost; the server goes on.
        """
        folder = Layout(self.plan.root).release(self.plan.release)
        told = dict(described(self.plan))
        try:
            self._follow(folder, told)
        except KeyboardInterrupt:
            self.tell(
                Event("warning", "The server goes on with the release; `langagent deploy --attach` follows it again.")
            )
            raise
        return Outcome.decode(self.host.read(folder.outcome).decode())

    def _follow(self, folder: Folder, told: Mapping[str, str]) -> None:
        heard, silences = self.timer.monotonic(), 0
        for text in self._news(folder):
            for line in parse(text.splitlines()):
                self.tell(event(line, told.get(line.step, line.step)))
            if text:
                heard, silences = self.timer.monotonic(), 0
            elif self.timer.monotonic() - heard > SILENCE_SECONDS:
                heard, silences = self.timer.monotonic(), silences + 1
                self._wake(silences)

    def _wake(self, silences: int) -> None:
        """See to it that there is an executor; while the engine is away, there is nothing to be done.

        Raises:
            HostError: the engine starts it again and again, and it says nothing.
        """
        if not docker.answers(self.host):
            return
        if executors.states(self.host).get(self.plan.release) == "restarting" and silences >= MOST_SILENCES:
            raise self._restless()
        take_up(self.host, self.plan, self.image)

    def _restless(self) -> HostError:
        name = executors.name(self.plan.release)
        words = self.host.run(["docker", "logs", "--tail", "3", name], check=False).stderr.strip()
        return HostError(
            f"The executor of {self.plan.release} does not stay up: {words}",
            state="The server is as the last step of the journal left it; none means that nothing was begun.",
            next_command=f"docker rm -f {name} (on the server), remove the release's folder if nothing was begun",
        )

    def _news(self, folder: Folder) -> Iterator[str]:
        """Yield the whole lines that are new at each look, until the outcome is there."""
        read = 0
        while True:
            done = self._look(folder, read)
            whole = done.stdout[: done.stdout.rfind("\n") + 1]
            read += len(whole.encode())
            yield whole
            if done.code == 0:
                return
            self.timer.sleep(POLL_SECONDS)

    def _look(self, folder: Folder, read: int) -> Done:
        argv = ["sh", "-c", _LOOK, "sh", str(read + 1), folder.journal, folder.outcome]
        try:
            return self.host.run(argv, check=False)
        except HostError as error:
            raise HostError(
                error.message,
                state="The server goes on with the release by itself.",
                next_command="langagent deploy --attach",
            ) from error


def event(line: Line, title: str) -> Event:
    """Return what a line tells, for people and programs."""
    data = {"step": line.step, "state": line.state.value, "seconds": line.seconds, "at": line.at}
    if line.state is State.PROGRESS:
        return Event("progress", "", {**data, **line.evidence})
    if line.state is State.STARTED:
        return Event("step", f"{line.step}: {title}", data)
    problem = line.evidence.get("message", "")
    words = {
        State.DONE: f"{line.step}: done in {line.seconds:.1f} s",
        State.WARNED: f"{line.step}: {problem}",
        State.FAILED: f"{line.step} failed after {line.seconds:.1f} s; going back",
        State.UNDONE: f"{line.step}: taken back",
        State.NOT_UNDONE: f"{line.step} could not be taken back: {problem}",
    }
    return Event("warning" if line.state is State.WARNED else "step", words.get(line.state, line.step), data)
