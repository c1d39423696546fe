"""Where the source tree and the local state lie."""

from dataclasses import dataclass
from pathlib import Path

from ops.errors import PreflightError

SOURCE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Project:
    """A checkout and the folder that holds everything local to it (databases, logs, secrets)."""

    root: Path
    state: Path

    @property
    def web(self) -> Path:
        return self.root / "web"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def media(self) -> Path:
        return self.state / "media"

    @property
    def secrets_file(self) -> Path:
        return self.state / "dev.env"

    @property
    def env_file(self) -> Path:
        return self.root / ".env"

    @property
    def compose_file(self) -> Path:
        return self.root / "docker-compose.local.yml"

    def prepare(self) -> None:
        """Make the state folder.

        Raises:
            PreflightError: it cannot be made or written.
        """
        try:
            self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
            (self.state / "dev.lock").touch()
        except OSError as error:
            raise PreflightError(
                f"The folder {self.state} cannot be written: {error.strerror}.",
                state="Nothing was started.",
                next_command=f"ls -ld '{self.state}' '{self.state.parent}', or choose another with --state FOLDER",
            ) from error


def find_project(state: Path | None = None) -> Project:
    """Return the checkout this package runs from; `state` replaces its `.langagent` folder.

    Raises:
        PreflightError: the package is not run from a checkout.
    """
    if not (SOURCE / "pyproject.toml").exists():
        raise PreflightError(
            "`langagent dev` works in a source checkout only; this is an installed package.",
            next_command="git clone the repository, then `make up` in it",
        )
    return Project(SOURCE, (state or SOURCE / ".langagent").absolute())
