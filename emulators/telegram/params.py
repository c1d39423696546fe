"""What a call carries, read from query, form, multipart or JSON alike."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from emulators.telegram.errors import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes


class Params:
    """Parameters by name; Telegram takes every value as text and parses it when it is needed."""

    def __init__(self, values: Mapping[str, str], uploads: Mapping[str, Upload] | None = None) -> None:
        self.values = dict(values)
        self.uploads = dict(uploads or {})

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """Return the value, or an empty text."""
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        """Return whether the value means yes."""
        return self.text(name).lower() in ("true", "yes", "1")

    def integer(self, name: str, default: int) -> int:
        """Return the value as a number; what is no number counts as not given, as it does for Telegram."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def json(self, name: str) -> Any:
        """Return the parsed value, or None when it is not given."""
        if not (raw := self.text(name)):
            return None
        try:
            return json.loads(raw)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def object(self, name: str) -> dict[str, Any]:
        """Return the parsed object, empty when it is not given."""
        given = self.json(name)
        if given is None:
            return {}
        if not isinstance(given, dict):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: object expected")
        return given

    def upload(self, name: str) -> Upload | None:
        """Return the file sent under the name, or attached to it by `attach://`."""
        return self.uploads.get(self.text(name).removeprefix("attach://") or name)


async def read_params(request: Request) -> Params:
    """Read the parameters of a request; the body wins over the query."""
    values: dict[str, str] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return Params(values | _from_json(await request.body()))
    uploads = {}
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form() as form:
            for name, value in form.items():
                if isinstance(value, UploadFile):
                    uploads[name] = await read_upload(value)
                else:
                    values[name] = value
    return Params(values, uploads)


async def read_upload(file: UploadFile) -> Upload:
    """Take the whole file into memory."""
    return Upload(file.filename or "file", file.content_type or "application/octet-stream", await file.read())


def _from_json(body: bytes) -> dict[str, str]:
    try:
        given = json.loads(body) if body else {}
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("JSON object expected")
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
