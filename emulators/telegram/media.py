"""How files look inside a message."""

from typing import Any

from emulators.telegram.errors import bad_request
from emulators.telegram.files import Files
from emulators.telegram.params import Upload
from emulators.telegram.rules.images import image_size

_THUMBNAIL = 90

# Nothing here reads films: every video has the size of a phone held sideways.
_VIDEO_SIZE = {"width": 1280, "height": 720}


def media_content(files: Files, kind: str, upload: Upload, duration: int = 1) -> dict[str, Any]:
    """Keep a file and return the message field that shows it.

    Args:
        files: where it is kept.
        kind: `photo`, `voice`, `document`, `audio`, `video`, `video_note` or `sticker`.
        upload: the file.
        duration: seconds, for what has a duration.

    Raises:
        ApiError: the file is empty, or a photo that is no image.
    """
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        return {"photo": _photo_sizes(files, upload)}
    shown: dict[str, Any] = files.add(kind, upload).ids()
    if kind in ("voice", "document", "audio", "video"):
        shown["mime_type"] = upload.mime_type
    if kind in ("document", "audio", "video"):
        shown["file_name"] = upload.name
    if kind in ("voice", "audio", "video", "video_note"):
        shown["duration"] = duration
    if kind == "video":
        shown |= _VIDEO_SIZE
    return {kind: shown}


def _photo_sizes(files: Files, upload: Upload) -> list[dict[str, Any]]:
    size = image_size(upload.content)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    scale = min(1.0, _THUMBNAIL / max(size))
    sizes = {(max(1, round(width * scale)), max(1, round(height * scale))), size}
    return [files.add("photo", upload).ids() | {"width": w, "height": h} for w, h in sorted(sizes)]
