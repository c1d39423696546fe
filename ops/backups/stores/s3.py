"""Backups in an S3-compatible bucket: parts in parallel, nothing visible before the last one."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Final

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from langagent.settings import Secret
from ops.backups.stores.base import MIB, ObjectMissingError, Reader, StoredObject, StoreError
from ops.backups.stores.refusals import DOCTOR, mend

MAX_PARTS: Final = 10_000
SMALLEST_PART: Final = 8 * MIB
LARGEST_COMMON_PART: Final = 50 * MIB
BUFFERS: Final = 100 * MIB
REOPENINGS: Final = 3
_MISSING = ("NoSuchKey", "404", "NotFound", "NoSuchUpload")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where a bucket is and how it is opened. `part_bytes` of 0 lets the size of the database choose."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    access_key: str = ""
    secret_key: Secret = Secret("")
    checksum: str = "when_required"
    part_bytes: int = 0
    attempts: int = 5
    timeout: float = 60.0


class S3Store:
    """Objects of a bucket whose names begin with the prefix."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self.client: Any = _client(bucket)

    @property
    def name(self) -> str:
        return f"s3://{self.bucket.name}/{self.bucket.prefix}".rstrip("/")

    def objects(self, prefix: str) -> list[StoredObject]:
        pages = self._pages("list_objects_v2", "Contents", prefix)
        return [StoredObject(self._key(item["Key"]), item["Size"]) for item in pages]

    def size(self, key: str) -> int | None:
        try:
            return int(self.call("head_object", key)["ContentLength"])
        except ObjectMissingError:
            return None

    def sink(self, key: str, *, expected_bytes: int = 0) -> "S3Sink":
        return S3Sink(self, key, self.bucket.part_bytes or part_bytes(expected_bytes))

    @contextmanager
    def reading(self, key: str, *, version: str = "") -> Iterator[Reader]:
        reader = S3Reader(self, key, version)
        try:
            yield reader
        finally:
            reader.close()

    def delete(self, key: str) -> None:
        self.call("delete_object", key)

    def versions(self, key: str) -> list[str]:
        """Return the ids of what the object is and was, the newest first; deletions are none."""
        found = self._pages("list_object_versions", "Versions", key)
        return [version["VersionId"] for version in found if self._key(version["Key"]) == key]

    def unfinished(self, prefix: str) -> list[str]:
        return sorted({self._key(upload["Key"]) for upload in self._uploads(prefix)})

    def discard(self, key: str) -> None:
        for upload in self._uploads(key):
            if self._key(upload["Key"]) == key:
                with suppress(ObjectMissingError):
                    self.call("abort_multipart_upload", key, UploadId=upload["UploadId"])

    def call(self, operation: str, key: str, **arguments: Any) -> Any:
        """Call the API about one object.

        Raises:
            ObjectMissingError: there is no such object or upload.
            StoreError: the store refused, failed, or cannot be reached.
        """
        with self.explained():
            method = getattr(self.client, operation)
            return method(Bucket=self.bucket.name, Key=self.bucket.prefix + key, **arguments)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn the client's errors into ours."""
        try:
            yield
        except ClientError as error:
            raise self._refusal(error) from error
        except BotoCoreError as error:
            raise StoreError(
                f"{self.name} cannot be reached: {error}",
                state="What was stored there before is untouched.",
                next_command=DOCTOR,
            ) from error

    def _refusal(self, error: Any) -> StoreError:
        code = error.response["Error"].get("Code", "unknown")
        kind = ObjectMissingError if code in _MISSING else StoreError
        return kind(
            f"{self.name} answered {code} to {error.operation_name}: {error.response['Error'].get('Message', '')}",
            state="What was stored there before is untouched.",
            next_command=mend(code, self.bucket.name, self.bucket.endpoint),
        )

    def _uploads(self, prefix: str) -> list[dict[str, Any]]:
        try:
            return self._pages("list_multipart_uploads", "Uploads", prefix)
        except ObjectMissingError:  # what rclone's server says when there are none
            return []

    def _pages(self, operation: str, field: str, prefix: str) -> list[dict[str, Any]]:
        with self.explained():
            pages = self.client.get_paginator(operation).paginate(
                Bucket=self.bucket.name, Prefix=self.bucket.prefix + prefix
            )
            return [item for page in pages for item in page.get(field, ())]

    def _key(self, name: str) -> str:
        return name.removeprefix(self.bucket.prefix)


class S3Sink:
    """One object on its way: a single request if it fits one part, else parts, few of them in memory.

    A part is filled in place: one that grows leaves holes of its size in the heap.
    """

    def __init__(self, store: S3Store, key: str, part_bytes: int) -> None:
        self._store = store
        self._key = key
        self._part_bytes = part_bytes
        self._buffer = bytearray()
        self._filled = 0
        self._bytes = 0
        self._upload_id = ""
        self._failed: Future[dict[str, Any]] | None = None
        self._parts: list[Future[dict[str, Any]]] = []
        in_flight = parts_in_flight(part_bytes)
        self._pool = ThreadPoolExecutor(in_flight, thread_name_prefix="upload")
        self._free = BoundedSemaphore(in_flight)

    def write(self, data: bytes, /) -> None:
        view = memoryview(data)
        while view:
            self._buffer = self._buffer or bytearray(self._part_bytes)
            end = min(self._filled + len(view), self._part_bytes)
            taken = end - self._filled
            self._buffer[self._filled : end] = view[:taken]
            self._filled, view = end, view[taken:]
            if self._filled == self._part_bytes:
                self._send()

    def commit(self) -> None:
        if not self._upload_id:
            self._store.call("put_object", self._key, Body=self._take())
        else:
            if self._filled:
                self._send()
            self._complete([part.result() for part in self._parts])
        self._pool.shutdown()

    def abort(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        if self._upload_id:
            with suppress(StoreError):
                self._store.call("abort_multipart_upload", self._key, UploadId=self._upload_id)

    def _complete(self, parts: list[dict[str, Any]]) -> None:
        try:
            self._store.call(
                "complete_multipart_upload", self._key, UploadId=self._upload_id, MultipartUpload={"Parts": parts}
            )
        except StoreError:  # stores fail a repeated request in many ways, when the answer to the first was lost
            if self._store.size(self._key) != self._bytes:
                raise

    def _send(self) -> None:
        if not self._upload_id:
            self._upload_id = self._store.call("create_multipart_upload", self._key)["UploadId"]
        self._free.acquire()
        if self._failed:
            self._failed.result()
        if len(self._parts) == MAX_PARTS:
            raise StoreError(
                f"The backup is larger than {MAX_PARTS} parts of {self._part_bytes // MIB} MiB.",
                state="Nothing was stored.",
                next_command=f"set BACKUP_S3_PART_MIB={2 * self._part_bytes // MIB}",
            )
        body = self._take()
        self._bytes += len(body)
        part = self._pool.submit(self._put_part, len(self._parts) + 1, body)
        part.add_done_callback(self._settled)
        self._parts.append(part)

    def _take(self) -> bytearray:
        body, self._buffer = self._buffer, bytearray()
        del body[self._filled :]
        self._filled = 0
        return body

    def _put_part(self, number: int, body: bytearray) -> dict[str, Any]:
        answer = self._store.call("upload_part", self._key, UploadId=self._upload_id, PartNumber=number, Body=body)
        checksums = {name: value for name, value in answer.items() if name.startswith("Checksum")}
        return {"PartNumber": number, "ETag": answer["ETag"], **checksums}

    def _settled(self, part: "Future[dict[str, Any]]") -> None:
        if not part.cancelled() and part.exception():
            self._failed = part
        self._free.release()


class S3Reader:
    """An object as a stream; after a broken connection it goes on where it was, on the very same object."""

    def __init__(self, store: S3Store, key: str, version: str = "") -> None:
        self._store = store
        self._key = key
        self._position = 0
        self._reopenings = 0
        self._version = {"VersionId": version} if version else {}
        self._condition: dict[str, str] = {}
        self._body = self._open()

    def read(self, size: int, /) -> bytes:
        while True:
            try:
                with self._store.explained():
                    data: bytes = self._body.read(size)
            except StoreError as error:
                self._reopen(error)
            else:
                self._position += len(data)
                return data

    def close(self) -> None:
        self._body.close()

    def _open(self) -> Any:
        answer = self._store.call("get_object", self._key, **self._version, **self._condition)
        self._condition = {"IfMatch": answer["ETag"]}
        return answer["Body"]

    def _reopen(self, error: StoreError) -> None:
        self._body.close()
        self._reopenings += 1
        if self._reopenings > REOPENINGS:
            raise error
        self._condition["Range"] = f"bytes={self._position}-"
        self._body = self._open()


def part_bytes(expected_bytes: int) -> int:
    """Choose the size of the parts for an upload of at most so many bytes.

    A dump comes out at a third of its tables or less, so 50 MiB serve for 500 GB stored; only beyond that do parts,
    and the memory for them, grow further.
    """
    common = min(_per_part(expected_bytes), LARGEST_COMMON_PART)
    return max(SMALLEST_PART, common, _per_part(expected_bytes // 3))


def parts_in_flight(size: int) -> int:
    """Choose how many parts are sent at once: with the one that fills, they fit the buffers."""
    return max(1, min(4, BUFFERS // size - 1))


def _per_part(expected_bytes: int) -> int:
    return -(-expected_bytes // (MAX_PARTS * 95 // 100))


def _client(bucket: Bucket) -> Any:
    config = Config(
        connect_timeout=10,
        read_timeout=bucket.timeout,
        retries={"mode": "standard", "max_attempts": bucket.attempts},
        request_checksum_calculation=bucket.checksum,
        response_checksum_validation=bucket.checksum,
        s3={"addressing_style": "path" if bucket.endpoint else "auto"},
    )
    return boto3.session.Session().client(
        "s3",
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region,
        aws_access_key_id=bucket.access_key or None,
        aws_secret_access_key=bucket.secret_key.reveal() or None,
        config=config,
    )
