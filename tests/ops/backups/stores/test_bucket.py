"""How a bucket is set up, asked of the bucket itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ops.backups.doctor import mend
from ops.backups.stores.bucket import examine_bucket
from ops.backups.stores.s3 import Bucket, S3Store
from tests.ops.backups.conftest import empty_bucket
from tests.ops.backups.faults import misbehaving, status


@pytest.fixture
def bucket(moto_url: str) -> Bucket:
    """A bucket of moto's; rclone's server has none of these settings."""
    return empty_bucket(moto_url)


def findings(store: S3Store) -> dict[str, bool]:
    return {finding.name.rpartition(": ")[2]: finding.ok for finding in examine_bucket(store, datetime.now(UTC))}


def fixes(store: S3Store) -> list[Callable[[], object]]:
    return [finding.fix for finding in examine_bucket(store, datetime.now(UTC)) if finding.fix and not finding.ok]


def test_a_new_bucket_lacks_much_and_some_of_it_is_mended(bucket: Bucket) -> None:
    store = S3Store(bucket)
    before = findings(store)
    assert not any(before[name] for name in ("versioning", "unfinished uploads", "public access"))
    for fix in fixes(store):
        fix()
    after = findings(store)
    assert after["unfinished uploads"]
    assert after["public access"]
    assert not after["versioning"]


def test_versioning_is_seen_and_its_mend_is_a_command(bucket: Bucket) -> None:
    store = S3Store(bucket)
    [finding] = [finding for finding in examine_bucket(store, datetime.now(UTC)) if finding.name.endswith("versioning")]
    assert finding.mend.startswith(f"aws s3api put-bucket-versioning --bucket {bucket.name} ")
    store.client.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    assert findings(store)["versioning"]


def test_old_versions_are_to_be_deleted_in_time_and_only_ours(bucket: Bucket) -> None:
    store = S3Store(bucket)
    assert findings(store)["old versions"]
    store.client.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    elsewhere = {
        "ID": "mine",
        "Status": "Enabled",
        "Filter": {"Prefix": "elsewhere/"},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
    }
    store.client.put_bucket_lifecycle_configuration(Bucket=bucket.name, LifecycleConfiguration={"Rules": [elsewhere]})
    assert not findings(store)["old versions"]
    for fix in fixes(store):
        fix()
    assert findings(store)["old versions"]
    rules = store.client.get_bucket_lifecycle_configuration(Bucket=bucket.name)["Rules"]
    assert {rule["ID"] for rule in rules} == {"mine", "abort-unfinished-uploads", "delete-old-versions-prefix/"}


def test_other_lifecycle_rules_stay(bucket: Bucket) -> None:
    store = S3Store(bucket)
    rule = {"ID": "mine", "Status": "Enabled", "Filter": {"Prefix": "x/"}, "Expiration": {"Days": 9}}
    store.client.put_bucket_lifecycle_configuration(Bucket=bucket.name, LifecycleConfiguration={"Rules": [rule]})
    for fix in fixes(store):
        fix()
    rules = store.client.get_bucket_lifecycle_configuration(Bucket=bucket.name)["Rules"]
    assert {rule["ID"] for rule in rules} == {"mine", "abort-unfinished-uploads"}


def test_a_mend_that_is_refused_does_not_keep_the_others(bucket: Bucket) -> None:
    with misbehaving(bucket.endpoint) as faults:
        store = S3Store(replace(bucket, endpoint=faults.url))
        faults.on(status(403, "AccessDenied"), lambda method, path: method == "PUT" and "lifecycle" in path)
        told = [event.kind for event in mend(examine_bucket(store, datetime.now(UTC)))]
    assert told == ["warning", "fixed"]
    assert findings(S3Store(bucket))["public access"]


def test_a_clock_that_is_off(bucket: Bucket) -> None:
    wrong = datetime.now(UTC) + timedelta(hours=1)
    [clock] = [finding for finding in examine_bucket(S3Store(bucket), wrong) if finding.name.endswith("clock")]
    assert not clock.ok
    assert "timedatectl" in clock.mend
