"""The night: what has expired, what nobody uses, and what crashes left."""

from datetime import timedelta
from pathlib import Path

import pytest

from langagent.core.clock import Clock
from langagent.jobs.tasks import CleanUp
from langagent.media.folder import UNFINISHED
from langagent.media.tasks import UNUSED_AUDIO_LIFE, WRITERS_LIFE, Removal
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner
from tests.langagent.media.conftest import Room
from tests.langagent.media.contents import pieces, recording
from tests.langagent.media.test_media import SHARED, digest, keys, put_audio


async def night(room: Room, clock: Clock) -> None:
    """What the worker does every night, of the media's part."""
    clean_up = CleanUp(room.floor.database, room.jobs, clock)
    clean_up.add(Removal(room.floor, room.storage, room.jobs).purge)
    await clean_up.enqueue()
    await room.work()


async def test_what_is_used_stays(room: Room, learner: Learner, clock: FrozenClock) -> None:
    await room.media.put(SHARED, pieces(recording(1)))
    await put_audio(room, learner, "mine", recording(2))
    clock.advance(UNUSED_AUDIO_LIFE)
    await room.media.link(SHARED)
    clock.advance(UNUSED_AUDIO_LIFE)
    await night(room, clock)
    assert await keys(room) == ["card_audio/mine.mp3", SHARED]
    assert await room.objects() == {digest(recording(1)), digest(recording(2))}


async def test_shared_audio_that_nobody_heard_goes(room: Room, clock: FrozenClock) -> None:
    await room.media.put(SHARED, pieces(recording()))
    clock.advance(UNUSED_AUDIO_LIFE + timedelta(seconds=1))
    await night(room, clock)
    assert (await keys(room), await room.objects()) == ([], set())


async def test_what_has_expired_goes(room: Room, learner: Learner, clock: FrozenClock) -> None:
    await room.media.put("export/1/a.json", pieces(b"{}"), owner=learner.id, life=timedelta(hours=1))
    await room.media.put("export/2/b.json", pieces(b"[]"), owner=learner.id, life=timedelta(days=3))
    clock.advance(timedelta(days=2))
    await night(room, clock)
    assert await keys(room) == ["export/2/b.json"]
    assert await room.objects() == {digest(b"[]")}


@pytest.mark.parametrize("leaves", ["delete from users", "update users set deleted_at = now()"])
async def test_what_only_erased_accounts_had_goes(
    room: Room, learner: Learner, clock: FrozenClock, leaves: str
) -> None:
    """As a restore does it, which erases accounts again by deleting their rows."""
    await put_audio(room, learner, "mine", recording(1))
    await room.media.put(SHARED, pieces(recording(2)))
    async with room.floor.database.connection() as connection:
        await connection.execute(leaves)
    clock.advance(timedelta(days=2))
    await night(room, clock)
    assert await keys(room) == [SHARED]
    assert await room.objects() == {digest(recording(2))}


async def test_what_crashes_left_goes_after_a_day(room: Room, clock: FrozenClock, settings: Settings) -> None:
    orphan = await room.storage.put(pieces(recording(1)))
    await room.media.put(SHARED, pieces(recording(2)))
    draft = Path(settings.media_root) / f"dead{UNFINISHED}"
    draft.write_bytes(b"half")
    await night(room, clock)
    assert orphan.name in await room.objects()
    clock.advance(WRITERS_LIFE + timedelta(minutes=1))
    await night(room, clock)
    assert await room.objects() == {digest(recording(2))}
    assert not draft.exists()
