"""Note that the release serves, and let go of images that no rollback wants any more."""

from itertools import chain

from typing_extensions import override

from ops.releases import kept, ledger
from ops.releases.models import Release
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep


class Record(ToolStep):
    """The link `current` is replaced by a rename, so it is never missing."""

    name = "record"

    @override
    def do(self) -> Evidence:
        self._link(self.plan.release)
        serving = Release.decode(self.host.read(self.tools.layout.release(self.plan.release).release).decode())
        gone = kept.doomed(ledger.read(self.host, self.tools.layout), serving, self.plan.keep)
        self._remove_images(gone)
        return {"images_removed": [release.id for release in gone]}

    @override
    def undo(self) -> None:
        if self.plan.previous:
            self._link(self.plan.previous)
        else:
            self.host.run(["rm", "-f", self.tools.layout.current])

    def _link(self, release_id: str) -> None:
        link = self.tools.layout.current
        self.host.run(["ln", "-sfn", f"releases/{release_id}", f"{link}.new"])
        self.host.run(["mv", "-T", f"{link}.new", link])

    def _remove_images(self, gone: list[Release]) -> None:
        """An image that a container still has stays; the next release tries again."""
        names = [(kept.backend(release.id), kept.ops(release.id), release.backend, release.ops) for release in gone]
        if names:
            self.host.run(["docker", "image", "rm", *dict.fromkeys(chain(*names))], check=False)
