"""Files by key: stored whole or not at all, shared by content, gone when nobody has them."""

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from langagent.core.errors import AppError, ErrorCode
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in
from tests.langagent.media.conftest import Room
from tests.langagent.media.contents import broken, listed, pieces, recording, whole

SHARED = "tts/es/nova/0123.mp3"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def put_audio(room: Room, learner: Learner, name: str, content: bytes) -> None:
    await room.media.put(f"card_audio/{name}.mp3", pieces(content), owner=learner.id)


async def delete(room: Room, *keys: str) -> None:
    async with room.floor.database.unit_of_work() as connection:
        await room.media.delete(connection, keys)
    await room.work()


async def keys(room: Room) -> list[str]:
    async with room.floor.database.connection() as connection:
        return [row["key"] for row in await connection.fetch("select key from media_files order by key")]


async def test_what_is_put_is_read(room: Room) -> None:
    file = await room.media.put(SHARED, pieces(recording()))
    assert (file.mime, file.bytes, file.sha256) == ("audio/mpeg", 5004, digest(recording()))
    assert await whole(room.media.read(SHARED)) == recording()


@pytest.mark.parametrize(
    ("key", "content", "code"),
    [
        ("import/1/deck.apkg", b"MZ" + bytes(50), ErrorCode.UNSUPPORTED_MEDIA),
        ("import/1/deck.csv", b"PK\x03\x04\x00" * (5 << 20), ErrorCode.PAYLOAD_TOO_LARGE),
        ("card_audio/1.mp3", recording(size=1 << 20), ErrorCode.PAYLOAD_TOO_LARGE),
        ("card_audio/1.mp3", b"PK\x03\x04", ErrorCode.UNSUPPORTED_MEDIA),
        ("card_audio/1.mp3", b"", ErrorCode.UNSUPPORTED_MEDIA),
    ],
)
async def test_what_may_not_be_stored_leaves_nothing(
    room: Room, learner: Learner, settings: Settings, key: str, content: bytes, code: ErrorCode
) -> None:
    with pytest.raises(AppError) as refused:
        await room.media.put(key, pieces(content, 1 << 16), owner=learner.id)
    assert refused.value.code == code
    assert listed(Path(settings.media_root)) == set()
    assert await keys(room) == []


async def test_content_that_breaks_off_leaves_nothing(room: Room) -> None:
    with pytest.raises(RuntimeError, match="never came"):
        await room.media.put(SHARED, broken(recording()))
    assert (await keys(room), await room.objects()) == ([], set())


@pytest.mark.parametrize("key", ["tts/../../../etc/passwd", "tts", "/etc/passwd", "video/1.mp4"])
async def test_a_hostile_key_is_refused_before_anything_is_written(room: Room, settings: Settings, key: str) -> None:
    with pytest.raises(ValueError, match=r"key|Kind"):
        await room.media.put(key, pieces(recording()))
    assert listed(Path(settings.media_root)) == set()


async def test_only_what_is_shared_has_no_owner(room: Room, learner: Learner) -> None:
    with pytest.raises(ValueError, match="no owner"):
        await room.media.put("card_audio/1.mp3", pieces(recording()))
    with pytest.raises(ValueError, match="an owner"):
        await room.media.put(SHARED, pieces(recording()), owner=learner.id)


async def test_a_key_keeps_its_first_content(room: Room) -> None:
    await room.media.put(SHARED, pieces(recording(1)))
    kept = await room.media.put(SHARED, pieces(recording(2)))
    assert kept.sha256 == digest(recording(1))
    await room.work()
    assert await room.objects() == {digest(recording(1))}


async def test_an_object_lives_as_long_as_one_file_has_its_content(room: Room, learner: Learner) -> None:
    for name in ("a", "b"):
        await put_audio(room, learner, name, recording())
    assert await room.objects() == {digest(recording())}
    await delete(room, "card_audio/a.mp3")
    assert await room.objects() == {digest(recording())}
    await delete(room, "card_audio/b.mp3")
    assert await room.objects() == set()


async def test_an_expired_file_is_not_found(room: Room, learner: Learner, clock: FrozenClock) -> None:
    key = "export/1/deck.json"
    await room.media.put(key, pieces(b"{}"), owner=learner.id, life=timedelta(hours=1))
    clock.advance(timedelta(hours=1, seconds=-1))
    await room.media.link(key)
    clock.advance(timedelta(seconds=1))
    with pytest.raises(AppError, match="NOT_FOUND"):
        await room.media.link(key)


async def test_an_erased_account_takes_its_files_and_nobody_else_s(
    room: Room, client: httpx2.AsyncClient, learner: Learner
) -> None:
    other = await sign_in(client, 555)
    await put_audio(room, learner, "mine", recording(1))
    await put_audio(room, learner, "same", recording(2))
    await put_audio(room, other, "same_too", recording(2))
    await room.media.put(SHARED, pieces(recording(3)))
    await learner.call("DELETE", "/api/users/me", status=202, json={"confirmation": "DELETE_MY_ACCOUNT"})
    async with room.floor.database.connection() as connection:
        await connection.execute("delete from jobs where kind = 'purge_account'")
    await room.work()
    assert await keys(room) == ["card_audio/same_too.mp3", SHARED]
    assert await room.objects() == {digest(recording(2)), digest(recording(3))}


async def test_the_export_lists_a_learner_s_own_files(room: Room, client: httpx2.AsyncClient, learner: Learner) -> None:
    await put_audio(room, learner, "mine", recording(1))
    await put_audio(room, await sign_in(client, 555), "theirs", recording(2))
    body = (await learner.send("GET", "/api/users/me/data-export")).json()
    assert [(each["key"], each["mime"], each["bytes"]) for each in body["media"]] == [
        ("card_audio/mine.mp3", "audio/mpeg", 5004)
    ]


async def test_a_file_put_while_the_last_like_it_goes_has_its_object(room: Room, learner: Learner) -> None:
    """Whoever comes first: a row is never without its object."""
    await put_audio(room, learner, "0", recording())
    for round_ in range(20):
        putting = asyncio.create_task(put_audio(room, learner, str(round_ + 1), recording()))
        async with room.floor.database.unit_of_work() as connection:
            await room.media.delete(connection, [f"card_audio/{round_}.mp3"])
        results = await asyncio.gather(putting, room.work(), return_exceptions=True)
        refused = [each for each in results if isinstance(each, BaseException)]
        assert all(isinstance(each, AppError) for each in refused)
        left = await keys(room)
        assert bool(left) == (digest(recording()) in await room.objects())
        if not left:
            await put_audio(room, learner, str(round_ + 1), recording())
