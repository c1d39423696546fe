"""The bot's door: `/bot<token>/<method>` and the download of files."""

import hmac
import re
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from emulators.telegram.calls import Call
from emulators.telegram.cut import NoAnswer
from emulators.telegram.errors import ApiError, too_many
from emulators.telegram.faults import Fault
from emulators.telegram.methods.table import METHODS, NAMES, PACED
from emulators.telegram.methods.updates import Described
from emulators.telegram.params import Params, read_params
from emulators.telegram.world import World

_TOKEN = re.compile(r"\d+:[\w-]+")


class Api:
    """Answers the bot as api.telegram.org does."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def call(self, request: Request) -> Response:
        """Run one method, unless a fault was ordered for it."""
        try:
            self._check_token(request)
            name = NAMES.get(request.path_params["method"].lower())
            if name is None:
                raise ApiError(404, "Not Found: method not found")
            params = await read_params(request)
        except ApiError as error:
            return _refusal(error)
        return await self._record(name, params)

    async def download(self, request: Request) -> Response:
        """Send a file that `getFile` named."""
        try:
            self._check_token(request)
        except ApiError as error:
            return _refusal(error)
        file = self._world.files.at(request.path_params["path"])
        if file is None:
            return _refusal(ApiError(404, "Not Found"))
        return Response(file.upload.content, media_type="application/octet-stream")

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if not _TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if not hmac.compare_digest(token, self._world.token):
            raise ApiError(401, "Unauthorized")

    async def _record(self, name: str, params: Params) -> Response:
        chat_id = params.integer("chat_id", 0) or None
        call = self._world.calls.add(Call(self._world.clock.now(), name, chat_id, params.values))
        answer = await self._answer(name, params, self._world.faults.take(name, chat_id))
        call.code = 0 if isinstance(answer, NoAnswer) else answer.status_code
        self._world.events.send("call", chat_id, method=name, code=call.code)
        return answer

    async def _answer(self, name: str, params: Params, fault: Fault | None) -> Response:
        if fault is None:
            return await self._run(name, params)
        if fault.kind == "slow":
            await self._world.clock.sleep(fault.seconds)
            return await self._run(name, params)
        if fault.after_effect:
            await self._run(name, params)
        return self._trouble(fault)

    def _trouble(self, fault: Fault) -> Response:
        if fault.kind == "flood":
            return _refusal(too_many(int(fault.seconds)))
        if fault.kind == "error":
            return _refusal(ApiError(fault.status, HTTPStatus(fault.status).phrase))
        return NoAnswer(self._world.clock, fault.seconds if fault.kind == "hang" else 0)

    async def _run(self, name: str, params: Params) -> Response:
        try:
            if name in PACED:
                self._world.flood.check(params.integer("chat_id", 0))
            result = await METHODS[name](self._world, params)
        except ApiError as error:
            return _refusal(error)
        if isinstance(result, Described):
            return JSONResponse({"ok": True, "result": result.result, "description": result.description})
        return JSONResponse({"ok": True, "result": result})


def _refusal(error: ApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
    return JSONResponse(body, error.code)


async def not_found(_: Request, __: Exception) -> Response:
    """Answer an address that is neither the bot's nor ours, as Telegram does."""
    return _refusal(ApiError(404, "Not Found"))
