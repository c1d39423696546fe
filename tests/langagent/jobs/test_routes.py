"""GET /api/jobs/{id}."""

from uuid import uuid4

from langagent.core.database import Database
from langagent.jobs.service import Jobs
from tests.langagent.learners import Learner, sign_in


async def test_the_owner_reads_the_job_and_nobody_else_does(learner: Learner, database: Database, jobs: Jobs) -> None:
    stranger = await sign_in(learner.client, 42)
    async with database.unit_of_work() as connection:
        job = await jobs.enqueue(connection, "export_deck", user_id=learner.id)
    assert await learner.call("GET", f"/api/jobs/{job}", status=200) == {
        "id": str(job),
        "kind": "export_deck",
        "status": "queued",
        "progress": 0,
        "result": None,
        "error": None,
    }
    for reader, path in ((stranger, job), (learner, uuid4())):
        answer = await reader.call("GET", f"/api/jobs/{path}", status=404)
        assert answer["error"]["code"] == "JOB_NOT_FOUND"
