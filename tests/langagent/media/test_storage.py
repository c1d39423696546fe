"""What every storage promises, asked of each kind."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from langagent.core.errors import AppError, ErrorCode
from langagent.media.links import Links
from langagent.media.room import open_storage
from langagent.media.storage import FAILURES, Storage
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.media.contents import broken, pieces, recording, whole

NOBODY = hashlib.sha256(b"never stored").hexdigest()


async def names(storage: Storage, clock: FrozenClock, within: timedelta = timedelta(days=1)) -> list[str]:
    """What was written until so long from now."""
    return [name async for page in storage.names(clock() + within) for name in page]


@pytest.mark.parametrize("size", [0, 1, 65_536, 9_000_001])
async def test_what_is_put_is_named_by_its_digest_and_read_back(storage: Storage, size: int) -> None:
    content = recording(size=size)
    stored = await storage.put(pieces(content, 70_000))
    assert (stored.name, stored.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert await storage.exists(stored.name)
    assert await whole(storage.get(stored.name)) == content


async def test_the_same_content_is_one_object(storage: Storage, clock: FrozenClock) -> None:
    first, second = [await storage.put(pieces(recording(), size)) for size in (10, 4000)]
    assert first == second
    assert await names(storage, clock) == [first.name]


async def test_content_that_breaks_off_leaves_nothing(storage: Storage, clock: FrozenClock) -> None:
    with pytest.raises(RuntimeError, match="never came"):
        await storage.put(broken(recording()))
    assert await names(storage, clock) == []


async def test_a_missing_object(storage: Storage) -> None:
    assert not await storage.exists(NOBODY)
    with pytest.raises(AppError) as refused:
        await whole(storage.get(NOBODY))
    assert refused.value.code == ErrorCode.NOT_FOUND


async def test_delete_twice(storage: Storage, clock: FrozenClock) -> None:
    kept, doomed = [await storage.put(pieces(recording(seed))) for seed in (1, 2)]
    for _ in range(2):
        await storage.delete(doomed.name)
    assert await names(storage, clock) == [kept.name]


async def test_what_was_written_since_is_not_listed(storage: Storage, clock: FrozenClock) -> None:
    await storage.put(pieces(recording()))
    assert await names(storage, clock, timedelta(minutes=-5)) == []


async def test_many_objects_are_listed_page_by_page(storage: Storage, clock: FrozenClock) -> None:
    stored = {(await storage.put(pieces(recording(seed, 10)))).name for seed in range(5)}
    pages = [page async for page in storage.names(clock() + timedelta(days=1), at_once=2)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {name for page in pages for name in page} == stored


async def test_a_storage_out_of_reach_is_unavailable_and_counted(chosen: Settings, clock: FrozenClock) -> None:
    lost = replace(chosen, media_root="/proc/none", s3_endpoint="http://127.0.0.1:9")
    before = FAILURES.labels("put")._value.get()
    with pytest.raises(AppError) as refused:
        await open_storage(lost, Links(lost, clock)).put(pieces(recording()))
    assert refused.value.code == ErrorCode.SERVICE_UNAVAILABLE
    assert FAILURES.labels("put")._value.get() == before + 1
