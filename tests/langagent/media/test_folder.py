"""The folder's own: a full disk, killed writers, and what others put there."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from langagent.core.errors import AppError, ErrorCode
from langagent.media.folder import UNFINISHED, FolderStorage
from langagent.media.links import Links
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.media.contents import listed, pieces, recording


@pytest.fixture
def folder(settings: Settings) -> Path:
    return Path(settings.media_root)


@pytest.fixture
def storage(settings: Settings, clock: FrozenClock, folder: Path) -> FolderStorage:
    return FolderStorage(folder, Links(settings, clock))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond this size: to a writer, the same as a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_full_disk_leaves_what_was_there(storage: FolderStorage, folder: Path) -> None:
    kept = await storage.put(pieces(recording()))
    with room_for(1000), pytest.raises(AppError) as refused:
        await storage.put(pieces(recording(seed=2, size=100_000)))
    assert refused.value.code == ErrorCode.SERVICE_UNAVAILABLE
    assert listed(folder) == {kept.name}


async def test_content_that_was_damaged_is_mended_by_putting_it_again(storage: FolderStorage, folder: Path) -> None:
    stored = await storage.put(pieces(recording()))
    (folder / stored.name).write_bytes(b"something else")
    await storage.put(pieces(recording()))
    assert (folder / stored.name).read_bytes() == recording()


async def test_only_what_killed_writers_left_is_tidied_away(
    storage: FolderStorage, folder: Path, clock: FrozenClock
) -> None:
    stored = await storage.put(pieces(recording()))
    for name in ("dead" + UNFINISHED, "notes.txt"):
        (folder / name).write_text("x")
    (folder / "lost+found").mkdir()
    await storage.tidy(clock() - timedelta(minutes=1))
    assert len(listed(folder)) == 4
    await storage.tidy(clock() + timedelta(minutes=1))
    assert listed(folder) == {stored.name, "notes.txt", "lost+found"}
    assert [page async for page in storage.names(clock() + timedelta(days=1))] == [[stored.name]]


async def test_an_empty_product_has_no_folder_yet(storage: FolderStorage, clock: FrozenClock) -> None:
    assert [page async for page in storage.names(clock())] == []
    await storage.tidy(clock())
