"""Jobs: enqueued in the caller's transaction, done once by a worker."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from langagent.core.database import Connection, Database
from langagent.core.errors import AppError, ErrorCode
from langagent.core.metrics import JOB_LAST_SUCCESS, JOBS
from langagent.core.queue import consumer
from langagent.core.queue.models import Claim, Postponed
from langagent.jobs import queries
from langagent.jobs.models import Job, JobAnswer, Status

UNKNOWN_KIND_PAUSE: Final = timedelta(seconds=30)


class Run:
    """One run of a job, as its handler sees it."""

    def __init__(self, database: Database, claim: Claim) -> None:
        row = claim.row
        self.job = Job(id=claim.key, kind=row["kind"], user_id=row["user_id"], params=row["params"])
        self._database = database
        self._claim = claim

    async def progress(self, percent: int) -> None:
        """Shows the owner how far the job is; not inside a transaction."""
        async with self._database.connection() as connection:
            await queries.set_progress(connection, self.job.id, self._claim.number, percent)

    async def complete(self, connection: Connection, result: dict[str, Any] | None = None) -> None:
        """Ends the job, first of all in the transaction that has its effects.

        Raises: ClaimLost when another worker has the job; the transaction must be rolled back.
        """
        await consumer.complete(connection, self._claim)
        await queries.set_result(connection, self.job.id, result)


Handler = Callable[[Run], Awaitable[None]]


class Jobs:
    """Enqueues jobs, runs them by the handlers of their kinds, and tells how they stand."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._handlers: dict[str, Handler] = {}

    def handle(self, kind: str, handler: Handler) -> None:
        """``handler`` runs the jobs of this kind; each must call `Run.complete`, or have no effects in the database."""
        self._handlers[kind] = handler

    async def enqueue(
        self,
        connection: Connection,
        kind: str,
        *,
        user_id: UUID | None = None,
        params: dict[str, Any] | None = None,
        lane: str | None = None,
        dedupe_key: str | None = None,
        not_before: datetime | None = None,
    ) -> UUID:
        """Adds a job to the caller's transaction.

        Args:
            lane: jobs of one lane run one after another; by default all jobs of a learner, or of a kind without one.
            dedupe_key: while a job with this key is open, its id is returned and nothing is added.
            not_before: until then the job is asleep and delays nobody.
        """
        return await queries.insert(
            connection,
            kind,
            user_id=user_id,
            lane=lane or (f"user:{user_id}" if user_id else kind),
            params=params or {},
            dedupe_key=dedupe_key,
            not_before=not_before,
        )

    async def find(self, user_id: UUID, job_id: UUID) -> JobAnswer:
        """Raises: AppError JOB_NOT_FOUND, also for somebody else's job."""
        async with self._database.connection() as connection:
            row = await queries.find(connection, user_id, job_id)
        if row is None:
            raise AppError(ErrorCode.JOB_NOT_FOUND)
        error = ErrorCode.INTERNAL_ERROR if row["status"] == Status.FAILED else None
        return JobAnswer(**row, error=error)

    async def run(self, claim: Claim) -> None:
        """The handler of the jobs' consumer. A kind that only a newer release knows waits for a worker that has it."""
        kind = claim.row["kind"]
        handler = self._handlers.get(kind)
        if handler is None:
            raise Postponed(UNKNOWN_KIND_PAUSE)
        await handler(Run(self._database, claim))
        JOBS.labels(kind, Status.DONE).inc()
        JOB_LAST_SUCCESS.labels(kind).set_to_current_time()

    async def buried(self, _connection: Connection, claim: Claim) -> None:
        JOBS.labels(claim.row["kind"], Status.FAILED).inc()
