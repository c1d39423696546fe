"""Media in an S3-compatible bucket. Imported only where one is used: boto3 takes its time to load."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any, Final

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from langagent.core.errors import AppError, ErrorCode
from langagent.media.links import LONGEST_S
from langagent.media.models import MediaFile
from langagent.media.storage import CHUNK_BYTES, Stored, explained, is_name, spool
from langagent.settings import Settings

_IN_MEMORY_BYTES: Final = 1 << 20
_MISSING: Final = ("NoSuchKey", "NotFound", "404")
_FAILURES: Final = (BotoCoreError, ClientError, OSError)


class S3Storage:
    """One request an object, so that nothing half written is ever there; boto3 blocks, so it works in threads."""

    def __init__(self, settings: Settings) -> None:
        self._bucket = settings.s3_bucket
        self._prefix = settings.s3_prefix
        self._client: Any = _client(settings)

    async def put(self, content: AsyncIterable[bytes]) -> Stored:
        with explained("put", *_FAILURES), SpooledTemporaryFile(_IN_MEMORY_BYTES) as file:
            stored = await spool(content, file)
            file.seek(0)
            if await self._size(stored.name) != stored.bytes:
                await self._call("put_object", stored.name, Body=file)
            return stored

    async def get(self, name: str) -> AsyncIterator[bytes]:
        with explained("get", *_FAILURES):
            try:
                body = (await self._call("get_object", name))["Body"]
            except ClientError as error:
                raise _not_found(error) from None
            try:
                while chunk := await asyncio.to_thread(body.read, CHUNK_BYTES):
                    yield chunk
            finally:
                body.close()

    async def exists(self, name: str) -> bool:
        with explained("exists", *_FAILURES):
            return await self._size(name) is not None

    async def delete(self, name: str) -> None:
        with explained("delete", *_FAILURES):
            await self._call("delete_object", name)

    async def url(self, file: MediaFile) -> str:
        answer = {"ResponseContentType": file.mime}
        answer |= {f"Response{header.replace('-', '')}": value for header, value in file.headers.items()}
        with explained("url", *_FAILURES):
            parameters = {"Bucket": self._bucket, "Key": self._prefix + file.sha256, **answer}
            link: str = await asyncio.to_thread(
                self._client.generate_presigned_url, "get_object", Params=parameters, ExpiresIn=LONGEST_S
            )
            return link

    def path(self, name: str) -> None:  # noqa: ARG002 - none of them lies here
        return None

    async def names(self, before: datetime, *, at_once: int = 1000) -> AsyncIterator[list[str]]:
        options: dict[str, Any] = {"Bucket": self._bucket, "Prefix": self._prefix, "MaxKeys": at_once}
        while True:
            with explained("list", *_FAILURES):
                page = await asyncio.to_thread(self._client.list_objects_v2, **options)
            found = [item["Key"] for item in page.get("Contents", ()) if item["LastModified"] < before]
            yield [name for name in (key.removeprefix(self._prefix) for key in found) if is_name(name)]
            if not page["IsTruncated"]:
                return
            options["ContinuationToken"] = page["NextContinuationToken"]

    async def tidy(self, before: datetime) -> None:
        """A single request leaves nothing behind."""

    async def _size(self, name: str) -> int | None:
        try:
            return int((await self._call("head_object", name))["ContentLength"])
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise

    async def _call(self, operation: str, name: str, **arguments: Any) -> Any:
        method = getattr(self._client, operation)
        return await asyncio.to_thread(method, Bucket=self._bucket, Key=self._prefix + name, **arguments)


def _not_found(error: Any) -> Exception:
    """What ``get`` raises when the bucket refuses: for a missing object, that it is missing."""
    code = error.response["Error"]["Code"]
    failure: Exception = AppError(ErrorCode.NOT_FOUND) if code in _MISSING else error
    return failure


def _client(settings: Settings) -> Any:
    config = Config(
        connect_timeout=3,
        read_timeout=10,
        retries={"mode": "standard", "max_attempts": 3},
        signature_version="s3v4",
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if settings.s3_endpoint else "auto"},
    )
    return boto3.session.Session().client(
        "s3",
        endpoint_url=settings.s3_endpoint or None,
        region_name=settings.s3_region,
        aws_access_key_id=settings.s3_access_key.reveal() or None,
        aws_secret_access_key=settings.s3_secret_key.reveal() or None,
        config=config,
    )
