"""Commands of Docker Compose for one release's bundle."""

from dataclasses import dataclass

from ops.releases.layout import PROJECT, Layout


@dataclass(frozen=True, slots=True)
class Compose:
    """The bundle of a release, run in the product's folder."""

    layout: Layout
    release_id: str

    def argv(self, *arguments: str) -> list[str]:
        folder = self.layout.release(self.release_id)
        return [
            *("docker", "compose", "--project-name", PROJECT, "--project-directory", self.layout.root),
            *("--file", folder.compose_file, "--env-file", self.layout.env_file, "--env-file", folder.images_env),
            *("--progress", "quiet", *arguments),
        ]

    def up(self, *services: str, recreate: bool = True) -> list[str]:
        """Start services, replacing those whose definition changed, unless told not to."""
        kept = () if recreate else ("--no-recreate",)
        return self.argv("up", "--detach", "--no-deps", *kept, *services)

    def run(self, service: str, *command: str) -> list[str]:
        """Run a command once in a new container of a service, and remove that."""
        return self.argv("run", "--rm", "--no-deps", "--no-TTY", "--quiet-pull", service, *command)

    def stop(self, *services: str) -> list[str]:
        """Send SIGTERM, wait for the grace period of the service, and keep the containers."""
        return self.argv("stop", *services)

    def remove(self, *services: str) -> list[str]:
        """Stop and remove the containers; what is not there is fine."""
        return self.argv("rm", "--stop", "--force", *services)

    def execute(self, service: str, *command: str) -> list[str]:
        """Run a command in a container that runs."""
        return self.argv("exec", "--no-TTY", service, *command)
