"""What every step is."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

Evidence = Mapping[str, Any]


class Step(ABC):
    """A step that may be done twice: a killed executor begins it again.

    Attributes:
        prepares: nothing that serves has changed when it fails, so the command failed, not the release.
        soft: failing is a warning, and the release goes on.
    """

    name: ClassVar[str]
    prepares: ClassVar[bool] = False
    soft: ClassVar[bool] = False

    @abstractmethod
    def do(self) -> Evidence:
        """Do it and return what was found.

        Raises:
            OpsError: it failed; what it began is taken back by `undo`.
        """

    def check(self) -> Evidence | None:
        """Return the evidence if an earlier executor did it all and died before it could say so."""
        return None

    def undo(self) -> None:
        """Take it back, done or begun.

        Raises:
            OpsError: it could not be taken back.
        """
        return
