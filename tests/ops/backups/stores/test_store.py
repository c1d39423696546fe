"""What every store promises, asked of each kind."""

import pytest

from ops.backups.stores.base import MIB, ObjectMissingError, Store, get, put
from tests.ops.backups.made import payload


def test_what_is_put_is_read_listed_and_measured(store: Store) -> None:
    put(store, "database/a.json", b"12345")
    put(store, "other/b", b"")
    assert get(store, "database/a.json") == b"12345"
    assert [(item.key, item.size) for item in store.objects("database/")] == [("database/a.json", 5)]
    assert store.size("database/a.json") == 5
    assert store.size("other/b") == 0


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert list(store.objects("")) == []
    assert list(store.unfinished("")) == []
    assert store.size("a") is None


def test_put_replaces(store: Store) -> None:
    put(store, "a", b"old and longer")
    put(store, "a", b"new")
    assert get(store, "a") == b"new"


def test_a_missing_object_is_named(store: Store) -> None:
    with pytest.raises(ObjectMissingError), store.reading("database/none"):
        pass


def test_delete_twice(store: Store) -> None:
    put(store, "a", b"1")
    store.delete("a")
    store.delete("a")
    assert store.size("a") is None


@pytest.mark.parametrize("size", [5 * MIB - 1, 5 * MIB, 12 * MIB + 3])
def test_large_objects_come_back_whole(store: Store, size: int) -> None:
    data = payload(size)
    sink = store.sink("large", expected_bytes=size)
    for start in range(0, size, 700_001):
        sink.write(data[start : start + 700_001])
    sink.commit()
    assert store.size("large") == len(data)
    assert get(store, "large", limit=len(data) + 1) == data
    assert list(store.unfinished("")) == []


def test_nothing_is_visible_before_commit_nor_after_abort(store: Store) -> None:
    put(store, "a", b"old")
    sink = store.sink("a")
    sink.write(bytes(11 * MIB))
    assert get(store, "a") == b"old"
    assert list(store.unfinished("")) == ["a"]
    assert [item.key for item in store.objects("")] == ["a"]
    sink.abort()
    sink.abort()
    assert list(store.unfinished("")) == []
    assert get(store, "a") == b"old"


def test_discard_removes_what_a_dead_writer_left_of_that_object_only(store: Store) -> None:
    dead, alive = store.sink("database/a"), store.sink("database/a2")
    dead.write(bytes(6 * MIB))
    alive.write(bytes(6 * MIB))
    store.discard("database/a")
    assert list(store.unfinished("database/")) == ["database/a2"]
    alive.commit()
    assert store.size("database/a2") == 6 * MIB
    dead.abort()


def test_a_read_in_pieces(store: Store) -> None:
    put(store, "a", payload(10_000))
    with store.reading("a") as stream:
        pieces = iter(lambda: stream.read(999), b"")
        assert b"".join(pieces) == payload(10_000)
