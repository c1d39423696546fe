"""A bucket as a site: every object with its type and its cache header; CloudFront drops its copies of pages."""

import mimetypes
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from langagent.settings import Secret, Settings
from ops.errors import ConfigurationError
from ops.web.site import SiteError

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where the bucket is, how it is opened, and what stands before it."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    access_key: str
    secret_key: Secret
    distribution: str = ""


def bucket_of(settings: Settings) -> Bucket:
    """Return the bucket that the settings of group `client` name.

    Raises:
        ConfigurationError: there is none, or no key to it.
    """
    if not settings.web_s3_bucket:
        raise ConfigurationError(
            "There is nowhere to publish to: WEB_S3_BUCKET is not set.",
            state="Nothing was published.",
            next_command="langagent web publish --to FOLDER, or set WEB_S3_BUCKET",
        )
    if not (settings.web_s3_access_key.reveal() and settings.web_s3_secret_key.reveal()):
        raise ConfigurationError(
            "WEB_S3_BUCKET is set, and WEB_S3_ACCESS_KEY or WEB_S3_SECRET_KEY is not.",
            state="Nothing was published.",
            next_command="make a key for this bucket only, and set both",
        )
    return Bucket(
        name=settings.web_s3_bucket,
        prefix=settings.web_s3_prefix,
        endpoint=settings.web_s3_endpoint,
        region=settings.web_s3_region,
        access_key=settings.web_s3_access_key.reveal(),
        secret_key=settings.web_s3_secret_key,
        distribution=settings.web_cloudfront_distribution,
    )


class BucketSite:
    """Objects whose names begin with the prefix."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self._s3 = self._client("s3")

    @property
    def name(self) -> str:
        return f"s3://{self.bucket.name}/{self.bucket.prefix}".rstrip("/")

    def sizes(self, folder: str) -> dict[str, int]:
        return self._explained(lambda: dict(self._listed(f"{self.bucket.prefix}{folder}/")))

    def read(self, path: str) -> bytes | None:
        try:
            return self._explained(lambda: self._s3.get_object(**self._at(path))["Body"].read())
        except SiteError as error:
            if isinstance(error.__cause__, self._s3.exceptions.NoSuchKey):
                return None
            raise

    def put(self, path: str, content: bytes, *, cache: str) -> None:
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        self._explained(
            lambda: self._s3.put_object(**self._at(path), Body=content, ContentType=kind, CacheControl=cache)
        )

    def delete(self, path: str) -> None:
        self._explained(lambda: self._s3.delete_object(**self._at(path)))

    def refresh(self, pages: list[str]) -> None:
        if not self.bucket.distribution:
            return
        paths = [f"/{self.bucket.prefix}{page}" for page in pages]
        batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": secrets.token_hex(8)}
        self._explained(
            lambda: self._client("cloudfront").create_invalidation(
                DistributionId=self.bucket.distribution, InvalidationBatch=batch
            )
        )

    def _at(self, path: str) -> dict[str, str]:
        return {"Bucket": self.bucket.name, "Key": self.bucket.prefix + path}

    def _listed(self, prefix: str) -> list[tuple[str, int]]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket.name, Prefix=prefix)
        return [
            (str(item["Key"]).removeprefix(self.bucket.prefix), int(item["Size"]))
            for page in pages
            for item in page.get("Contents", ())
        ]

    def _explained(self, call: Callable[[], Answer]) -> Answer:
        try:
            return call()
        except (BotoCoreError, ClientError) as error:
            raise SiteError(
                f"{self.name} did not do it: {error}",
                state="What was published before is untouched.",
                next_command="check WEB_S3_* and the rights of the key, then the same command again",
            ) from error

    def _client(self, service: str) -> Any:
        return boto3.session.Session().client(
            service,
            endpoint_url=self.bucket.endpoint or None,
            region_name=self.bucket.region,
            aws_access_key_id=self.bucket.access_key,
            aws_secret_access_key=self.bucket.secret_key.reveal(),
            config=Config(
                connect_timeout=10,
                read_timeout=60,
                retries={"mode": "standard", "max_attempts": 5},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                **({"s3": {"addressing_style": "path"}} if self.bucket.endpoint and service == "s3" else {}),
            ),
        )
