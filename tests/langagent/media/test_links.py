"""Links: good for a while, for one file, and only as they were made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from langagent.media.links import Links
from langagent.settings import Secret, Settings
from tests.langagent.conftest import FrozenClock

KEY = "tts/es/nova/0123.mp3"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOON)


@pytest.fixture
def links(settings: Settings, clock: FrozenClock) -> Links:
    return Links(settings, clock)


def parts(link: str) -> tuple[str, int, str]:
    """Key, end and signature."""
    url = urlsplit(link)
    query = parse_qs(url.query)
    return url.path.removeprefix("/api/media/"), int(query["exp"][0]), query["sig"][0]


def test_a_link_leads_to_the_api(links: Links) -> None:
    assert links.url(KEY).startswith(f"http://localhost:8000/api/media/{KEY}?exp=")
    assert links.is_good(*parts(links.url(KEY)))


@pytest.mark.parametrize(("minutes", "life"), [(0, 60), (1, 59), (29, 31), (30, 60)])
def test_it_is_good_for_half_an_hour_to_an_hour(links: Links, clock: FrozenClock, minutes: int, life: int) -> None:
    clock.now = NOON + timedelta(minutes=minutes)
    made = parts(links.url(KEY))
    clock.advance(timedelta(minutes=life, seconds=-1))
    assert links.is_good(*made)
    clock.advance(timedelta(seconds=1))
    assert not links.is_good(*made)


def test_for_half_an_hour_it_is_the_same(links: Links, clock: FrozenClock) -> None:
    first = links.url(KEY)
    clock.advance(timedelta(minutes=29))
    assert links.url(KEY) == first
    clock.advance(timedelta(minutes=1))
    assert links.url(KEY) != first


def test_nothing_of_it_can_be_changed(links: Links) -> None:
    key, end, signature = parts(links.url(KEY))
    assert not links.is_good(key + "4", end, signature)
    assert not links.is_good(key, end + 1, signature)
    assert not links.is_good(key, end, signature[:-1])
    assert not links.is_good(key, end, "é" * 43)
    assert not links.is_good(key, end, "")


def test_a_rotated_key_leaves_links_good_and_a_foreign_one_does_not(settings: Settings, clock: FrozenClock) -> None:
    made = parts(Links(settings, clock).url(KEY))
    new = Secret("another-secret-key-of-thirty-two-bytes")
    assert Links(replace(settings, secret_key=new, secret_key_previous=settings.secret_key), clock).is_good(*made)
    assert not Links(replace(settings, secret_key=new), clock).is_good(*made)
