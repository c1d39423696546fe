"""HTTP: the learner's own account."""

from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict
from starlette.responses import Response, StreamingResponse

from langagent.accounts.users.erasure import Erasure
from langagent.accounts.users.export import Export, chunks
from langagent.accounts.users.models import Farewell, Me, UserChanges
from langagent.accounts.users.service import Users
from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import Answer, Moment, NoBody, NoQuery


class ExportAnswer(Answer):
    """Everything kept of the learner: beside the user a list per kind of data."""

    model_config = ConfigDict(extra="allow")

    exported_at: Moment
    user: dict[str, Any]


@dataclass(frozen=True, slots=True)
class UserRoutes:
    users: Users
    export: Export
    erasure: Erasure

    def operations(self) -> tuple[Operation, ...]:
        path = "/api/users/me"
        return (
            Operation("GET", path, self.read, "The learner's account, settings and limits", answer=Me),
            Operation(
                "PATCH", path, self.change, "Change settings",
                body=UserChanges, answer=Me, errors=(ErrorCode.INVALID_FIELD_VALUE,),
            ),
            Operation("DELETE", path, self.erase, "Delete the account", body=Farewell, status=202),
            Operation("GET", f"{path}/data-export", self.exported, "Download all data", answer=ExportAnswer),
        )  # fmt: skip

    async def read(self, call: Call[NoBody, NoQuery]) -> Me:
        return await self.users.me(call.principal)

    async def change(self, call: Call[UserChanges, NoQuery]) -> Me:
        return await self.users.change(call.principal, call.body)

    async def erase(self, call: Call[Farewell, NoQuery]) -> None:
        await self.erasure.begin(call.principal)

    async def exported(self, call: Call[NoBody, NoQuery]) -> Response:
        user_id = call.principal.user_id
        file = await self.export.write(user_id)
        headers = {"Content-Disposition": f'attachment; filename="user_data_{user_id}.json"'}
        return StreamingResponse(chunks(file), media_type="application/json", headers=headers)
