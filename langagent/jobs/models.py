"""A job, and what its owner sees of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from langagent.core.http.schemas import Answer
from langagent.core.queue.models import QueueTable

TABLE: Final = QueueTable(name="jobs", key="id", lane="lane", order="position", channel="jobs")


class Status(StrEnum):
    """Where a job stands; derived from its row."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """What a handler works on."""

    id: UUID
    kind: str
    user_id: UUID | None
    params: dict[str, Any]

    @property
    def owner(self) -> UUID:
        """Whose job it is.

        Raises: ValueError for a job of the house.
        """
        if self.user_id is None:
            raise ValueError(f"the job {self.kind} names no learner")
        return self.user_id


class JobAnswer(Answer):
    """A job as its owner sees it; ``result`` depends on the kind, ``error`` is a code."""

    id: UUID
    kind: str
    status: Status
    progress: int
    result: dict[str, Any] | None
    error: str | None
