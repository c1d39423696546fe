"""The bucket's own: sizes of parts, and a server that misbehaves."""

from dataclasses import replace

import pytest

from ops.backups.stores.base import MIB, StoreError, get, put
from ops.backups.stores.s3 import BUFFERS, MAX_PARTS, Bucket, S3Store, part_bytes, parts_in_flight
from tests.ops.backups import faults as wrong
from tests.ops.backups.faults import Fault, Faults
from tests.ops.backups.made import payload

GIB = 1 << 30


@pytest.mark.parametrize("tables", [0, 1, 50 * GIB, 500 * GIB, 1500 * GIB, 20_000 * GIB])
def test_a_dump_fits_the_parts(tables: int) -> None:
    size = part_bytes(tables)
    assert size * MAX_PARTS >= tables / 3
    assert size >= 8 * MIB


@pytest.mark.parametrize("stored", [1, 50 * GIB, 440 * GIB])
def test_memory_is_bounded_up_to_half_a_terabyte_stored(stored: int) -> None:
    size = part_bytes(3 * stored)
    assert size * (parts_in_flight(size) + 1) <= BUFFERS
    assert size * MAX_PARTS >= stored


def test_more_than_all_parts_is_refused_with_the_setting(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.backups.stores.s3.MAX_PARTS", 2)
    store = S3Store(bucket)
    with pytest.raises(StoreError) as caught:
        put(store, "a", bytes(16 * MIB))
    assert "BACKUP_S3_PART_MIB=10" in caught.value.next_command
    assert store.unfinished("") == []


@pytest.mark.parametrize(
    "fault", [wrong.status(500, "InternalError"), wrong.status(403, "AccessDenied"), wrong.reset, wrong.silent]
)
def test_a_failing_part_fails_the_write_and_leaves_nothing(bucket: Bucket, faults: Faults, fault: Fault) -> None:
    store = S3Store(replace(bucket, endpoint=faults.url))
    faults.on(fault, lambda method, path: "partNumber=2" in path)
    with pytest.raises(StoreError) as caught:
        put(store, "a", bytes(22 * MIB))
    assert faults.hits
    assert caught.value.next_command
    assert store.unfinished("") == []
    assert store.size("a") is None


def test_one_error_is_no_failure(bucket: Bucket, faults: Faults) -> None:
    store = S3Store(replace(bucket, endpoint=faults.url, attempts=3))
    faults.on(wrong.status(503, "SlowDown"), lambda method, path: "partNumber=2" in path and faults.hits == 0)
    put(store, "a", bytes(12 * MIB))
    assert faults.hits == 1
    assert store.size("a") == 12 * MIB


def test_a_lost_answer_to_the_last_request_is_found_out(bucket: Bucket, faults: Faults) -> None:
    store = S3Store(replace(bucket, endpoint=faults.url, attempts=3))
    faults.on(wrong.lost_answer, lambda method, path: method == "POST" and "uploadId" in path and faults.hits == 0)
    put(store, "a", bytes(12 * MIB))
    assert store.size("a") == 12 * MIB


@pytest.mark.parametrize("fault", [wrong.truncated, wrong.reset])
def test_a_broken_read_goes_on_where_it_was(bucket: Bucket, faults: Faults, fault: Fault) -> None:
    store = S3Store(replace(bucket, endpoint=faults.url))
    data = payload(3 * MIB)
    put(store, "a", data)
    faults.on(fault, lambda method, path: method == "GET" and faults.hits == 0)
    assert get(store, "a") == data
    assert faults.hits == 1


def test_a_read_that_always_breaks_fails(bucket: Bucket, faults: Faults) -> None:
    store = S3Store(replace(bucket, endpoint=faults.url))
    put(store, "a", payload(3 * MIB))
    faults.on(wrong.truncated, lambda method, path: method == "GET")
    with pytest.raises(StoreError, match="cannot be reached"):
        get(store, "a")


def test_a_store_out_of_reach_is_named(bucket: Bucket) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        S3Store(replace(bucket, endpoint="http://127.0.0.1:9")).objects("")


def test_a_missing_bucket_is_named(bucket: Bucket) -> None:
    with pytest.raises(StoreError, match="NoSuchBucket"):
        S3Store(replace(bucket, name="no-such-bucket-here")).objects("")
