"""Signed links over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from langagent.settings import Settings
from tests.langagent.accounts.apps import running
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner
from tests.langagent.media.conftest import Room, in_bucket
from tests.langagent.media.contents import pieces, recording
from tests.langagent.media.test_media import SHARED, digest


@pytest.fixture
async def link(room: Room) -> str:
    """A link to an MP3 that all share."""
    await room.media.put(SHARED, pieces(recording()))
    return await room.media.link(SHARED)


async def test_a_link_plays_for_everybody_and_is_kept_by_browsers(client: httpx2.AsyncClient, link: str) -> None:
    answer = await client.get(link)
    assert (answer.status_code, answer.content) == (200, recording())
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["etag"] == f'"{digest(recording())}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=10-19", slice(10, 20)), ("bytes=-4", slice(-4, None)), ("bytes=5000-", slice(5000, None))],
)
async def test_a_part_of_it(client: httpx2.AsyncClient, link: str, asked: str, part: slice) -> None:
    answer = await client.get(link, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (206, recording()[part])


async def test_a_part_beyond_its_end(client: httpx2.AsyncClient, link: str) -> None:
    answer = await client.get(link, headers={"Range": "bytes=9999-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */5004")


@pytest.mark.parametrize("tag", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
async def test_what_the_browser_has_is_not_sent_again(client: httpx2.AsyncClient, link: str, tag: str) -> None:
    answer = await client.get(link, headers={"If-None-Match": tag.format(digest(recording()))})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"


async def test_a_head_tells_the_size(client: httpx2.AsyncClient, link: str) -> None:
    answer = await client.head(link)
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "5004")


async def test_a_download_is_saved(client: httpx2.AsyncClient, room: Room, learner: Learner) -> None:
    await room.media.put("export/1/deck.csv", pieces(b"word,translation"), owner=learner.id)
    answer = await client.get(await room.media.link("export/1/deck.csv"))
    assert answer.headers["content-disposition"] == 'attachment; filename="deck.csv"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (("sig=", "sig=A"), 403),
        (("exp=", "exp=1"), 403),
        (("0123.mp3", "4567.mp3"), 403),
        (("tts/es", "tts/%2e%2e/%2e%2e/es"), 403),
        (("0123.mp3", "%00"), 403),
        (("exp=", "end="), 422),
        (("exp=", "exp=-"), 422),
    ],
)
async def test_a_link_that_was_changed_is_refused(
    client: httpx2.AsyncClient, link: str, change: tuple[str, str], status: int
) -> None:
    answer = await client.get(link.replace(*change))
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == {403: "FORBIDDEN", 422: "VALIDATION_ERROR"}[status]


async def test_a_link_ends(client: httpx2.AsyncClient, link: str, clock: FrozenClock) -> None:
    clock.advance(timedelta(hours=1))
    assert (await client.get(link)).status_code == 403


async def test_a_link_whose_file_or_object_is_gone(
    client: httpx2.AsyncClient, link: str, room: Room, settings: Settings
) -> None:
    (Path(settings.media_root) / digest(recording())).unlink()
    assert (await client.get(link)).status_code == 404
    async with room.floor.database.unit_of_work() as connection:
        await room.media.delete(connection, [SHARED])
    assert (await client.get(link)).status_code == 404


@pytest.fixture
async def in_s3(settings: Settings, moto_url: str, clock: FrozenClock) -> AsyncIterator[httpx2.AsyncClient]:
    """The product when its media lie in a bucket."""
    async with running(in_bucket(settings, moto_url), clock) as client:
        yield client


async def test_a_link_made_before_the_move_to_a_bucket_leads_there(in_s3: httpx2.AsyncClient, link: str) -> None:
    answer = await in_s3.get(link)
    assert answer.status_code == 307
    assert urlsplit(answer.headers["location"]).path.endswith(f"/media/{digest(recording())}")
