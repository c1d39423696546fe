"""The bucket's own: presigned links, what else lies there, and that nobody pays for it who has none."""

import subprocess
import sys
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from langagent.media.models import MediaFile
from langagent.media.s3 import S3Storage
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.media.conftest import in_bucket
from tests.langagent.media.contents import pieces, recording


@pytest.fixture
def in_s3(settings: Settings, moto_url: str) -> Settings:
    return in_bucket(settings, moto_url)


@pytest.fixture
def storage(in_s3: Settings) -> S3Storage:
    return S3Storage(in_s3)


@pytest.mark.parametrize(
    ("key", "mime", "headers"),
    [
        ("card_audio/1.mp3", "audio/mpeg", {"cache-control": "private, max-age=31536000, immutable"}),
        (
            "export/1/spanish.csv",
            "text/csv",
            {"cache-control": "private, no-store", "content-disposition": 'attachment; filename="spanish.csv"'},
        ),
    ],
)
async def test_a_link_gives_the_content_as_what_it_is(
    storage: S3Storage, key: str, mime: str, headers: dict[str, str]
) -> None:
    stored = await storage.put(pieces(recording()))
    link = await storage.url(MediaFile(key, mime, stored.bytes, stored.name))
    assert parse_qs(urlsplit(link).query)["X-Amz-Expires"] == ["3600"]
    async with httpx2.AsyncClient() as browser:
        answer = await browser.get(link)
    assert (answer.status_code, answer.content) == (200, recording())
    assert answer.headers.items() >= {"content-type": mime, **headers}.items()


async def test_what_is_not_ours_is_not_listed(storage: S3Storage, in_s3: Settings, clock: FrozenClock) -> None:
    stored = await storage.put(pieces(recording()))
    client: Any = storage._client
    for key in ("media/", "media/notes.txt", f"backups/{stored.name}"):
        client.put_object(Bucket=in_s3.s3_bucket, Key=key, Body=b"x")
    assert [page async for page in storage.names(clock() + timedelta(days=1))] == [[stored.name]]


async def test_an_object_that_is_there_is_not_sent_again(storage: S3Storage, in_s3: Settings) -> None:
    client: Any = storage._client
    client.put_bucket_versioning(Bucket=in_s3.s3_bucket, VersioningConfiguration={"Status": "Enabled"})
    for _ in range(2):
        await storage.put(pieces(recording()))
    assert len(client.list_object_versions(Bucket=in_s3.s3_bucket)["Versions"]) == 1


def test_a_process_that_has_a_folder_does_not_load_boto3() -> None:
    code = "import sys, langagent.app; sys.exit('boto3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
