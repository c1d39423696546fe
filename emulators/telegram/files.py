"""Files sent by either side, addressed as Telegram does."""

from dataclasses import dataclass
from pathlib import PurePath

from emulators.telegram.errors import bad_request
from emulators.telegram.params import Upload

MAX_DOWNLOAD = 20 * 1024 * 1024
_FOLDERS = {"photo": "photos", "voice": "voice", "document": "documents"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file, under the ids and the path that the bot sees."""

    file_id: str
    file_unique_id: str
    path: str
    upload: Upload

    def ids(self) -> dict[str, str | int]:
        """Return what every kind of file shows."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.upload.content),
        }


class Files:
    """All files by id and by path; ids count up, so that a run repeats."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keep a file of a kind such as `photo` or `document`."""
        number = len(self._by_id)
        suffix = PurePath(upload.name).suffix or ".bin"
        path = f"{_FOLDERS.get(kind, kind + 's')}/file_{number}{suffix}"
        file = StoredFile(f"{kind}-file-{number:06}", f"unique-{number:06}", path, upload)
        self._by_id[file.file_id] = self._by_path[path] = file
        return file

    def find(self, file_id: str) -> StoredFile:
        """Return a file by its id.

        Raises:
            ApiError: nothing was ever sent under the id.
        """
        if file_id not in self._by_id:
            raise bad_request("invalid file_id")
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        """Return the file that `getFile` gave this path to."""
        return self._by_path.get(path)
