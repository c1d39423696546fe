"""/api/jobs/{id}."""

from typing import Any

from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.jobs.models import JobAnswer
from langagent.jobs.service import Jobs


def operations(jobs: Jobs) -> list[Operation]:
    async def read(call: Call[Any, Any]) -> JobAnswer:
        return await jobs.find(call.principal.user_id, call.id())

    return [
        Operation(
            "GET",
            "/api/jobs/{id:uuid}",
            read,
            "How a job stands",
            answer=JobAnswer,
            errors=(ErrorCode.JOB_NOT_FOUND,),
        )
    ]
