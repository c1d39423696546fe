"""Server-sent events: each is sent when it happens, and the whole is kept before it is told."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from langagent.core.http.event_stream import DONE, Event, EventStream
from langagent.core.http.schemas import Answer


class Word(Answer):
    text: str


async def test_an_event_is_sent_before_the_next_one_happens() -> None:
    second_may_happen = asyncio.Event()

    async def events() -> AsyncIterator[Event]:
        yield Event("item", Word(text="día\n"))
        await second_may_happen.wait()
        yield Event(DONE, b"{}")

    sent = aiter(EventStream(events()).body_iterator)
    assert await anext(sent) == 'event: item\ndata: {"text":"día\\n"}\n\n'.encode()
    second_may_happen.set()
    assert await anext(sent) == b"event: done\ndata: {}\n\n"
    with pytest.raises(StopAsyncIteration):
        await anext(sent)


async def test_the_result_is_kept_before_it_is_sent() -> None:
    kept: list[bytes] = []

    async def events() -> AsyncIterator[Event]:
        yield Event("item", b"1")
        yield Event(DONE, b"2")

    async def keep(data: bytes) -> None:
        kept.append(data)

    stream = EventStream(events())
    stream.on_done = keep
    sent = aiter(stream.body_iterator)
    await anext(sent)
    assert kept == []
    assert await anext(sent) == b"event: done\ndata: 2\n\n"
    assert kept == [b"2"]
