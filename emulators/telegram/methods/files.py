"""Sending files, and fetching those that people sent."""

from typing import Any

from emulators.telegram.errors import ApiError, bad_request
from emulators.telegram.files import MAX_DOWNLOAD
from emulators.telegram.media import media_content
from emulators.telegram.methods.messages import caption, send
from emulators.telegram.params import Params, Upload
from emulators.telegram.world import World

_MEGABYTE = 1024 * 1024
_MAX_SIZES = {"photo": 10 * _MEGABYTE, "document": 50 * _MEGABYTE, "voice": 50 * _MEGABYTE}


async def send_photo(world: World, params: Params) -> dict[str, Any]:
    """Send an image."""
    return await _send_file(world, params, "photo")


async def send_document(world: World, params: Params) -> dict[str, Any]:
    """Send any file."""
    return await _send_file(world, params, "document")


async def send_voice(world: World, params: Params) -> dict[str, Any]:
    """Send a voice message."""
    return await _send_file(world, params, "voice")


async def get_file(world: World, params: Params) -> dict[str, Any]:
    """Return where a file may be downloaded."""
    file = world.files.find(params.text("file_id"))
    if len(file.upload.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return file.ids() | {"file_path": file.path}


async def _send_file(world: World, params: Params, kind: str) -> dict[str, Any]:
    chat = world.open_chat(params)
    upload = _given_file(world, params, kind)
    if len(upload.content) > _MAX_SIZES[kind]:
        raise ApiError(413, "Request Entity Too Large")
    shown = caption(params)
    content = media_content(world.files, kind, upload, params.integer("duration", 0))
    return send(world, chat, params, content | shown)


def _given_file(world: World, params: Params, kind: str) -> Upload:
    if upload := params.upload(kind):
        return upload
    given = params.text(kind)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return world.files.find(given).upload
