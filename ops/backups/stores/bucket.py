"""What a bucket should be: versioned, private, encrypted, without endless uploads; and its clock like ours."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from ops.backups.findings import Finding
from ops.backups.stores.base import StoreError
from ops.backups.stores.s3 import S3Store

CLOCK_TOLERANCE = timedelta(minutes=5)
ABORT_RULE = {
    "ID": "abort-unfinished-uploads",
    "Status": "Enabled",
    "Filter": {"Prefix": ""},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2},
}
_BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
BLOCK_ALL = dict.fromkeys(_BLOCKS, True)
_UNSET = (
    "NoSuchLifecycleConfiguration",
    "NoSuchPublicAccessBlockConfiguration",
    "ServerSideEncryptionConfigurationNotFoundError",
    "ObjectLockConfigurationNotFoundError",
)


def examine_bucket(store: S3Store, now: datetime) -> Iterator[Finding]:
    """Ask the bucket how it is set up; what the key may not ask is said and not held against it."""
    for check in (_clock, _versioning, _unfinished_uploads, _public_access, _encryption, _object_lock):
        name = f"{store.name}: {check.__name__.strip('_').replace('_', ' ')}"
        try:
            ok, detail, mend, fix = check(store, now)
        except StoreError as error:
            yield Finding(name, True, f"unknown: {error.message}")
        else:
            yield Finding(name, ok, detail, mend, fix)


Answer = tuple[bool, str, str, Callable[[], object] | None]


def _clock(store: S3Store, now: datetime) -> Answer:
    headers = _ask(store, "head_bucket")["ResponseMetadata"]["HTTPHeaders"]
    if "date" not in headers:
        return True, "unknown: the store does not tell the time", "", None
    off = abs(parsedate_to_datetime(headers["date"]) - now)
    return off < CLOCK_TOLERANCE, f"{off.total_seconds():.0f} s apart", "timedatectl set-ntp true", None


def _versioning(store: S3Store, _now: datetime) -> Answer:
    status = _ask(store, "get_bucket_versioning").get("Status", "off")
    mend = _command(store, "put-bucket-versioning", "--versioning-configuration Status=Enabled")
    return status == "Enabled", status, mend, None


def _unfinished_uploads(store: S3Store, _now: datetime) -> Answer:
    rules = _ask(store, "get_bucket_lifecycle_configuration").get("Rules", [])
    active = any(rule["Status"] == "Enabled" and "AbortIncompleteMultipartUpload" in rule for rule in rules)
    if active:
        return True, "aborted by a lifecycle rule", "", None
    mend = "langagent backup doctor --fix (adds a lifecycle rule that aborts them after 2 days)"
    configuration = {"Rules": [*rules, ABORT_RULE]}

    def fix() -> object:
        return _ask(store, "put_bucket_lifecycle_configuration", LifecycleConfiguration=configuration)

    return False, "kept, and paid for, for ever", mend, fix


def _public_access(store: S3Store, _now: datetime) -> Answer:
    blocked = _ask(store, "get_public_access_block").get("PublicAccessBlockConfiguration", {})
    if blocked == BLOCK_ALL:
        return True, "blocked", "", None

    def fix() -> object:
        return _ask(store, "put_public_access_block", PublicAccessBlockConfiguration=BLOCK_ALL)

    return False, "not blocked", "langagent backup doctor --fix (blocks it)", fix


def _encryption(store: S3Store, _now: datetime) -> Answer:
    rules = _ask(store, "get_bucket_encryption").get("ServerSideEncryptionConfiguration", {}).get("Rules", [])
    if rules:
        return True, str(rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]), "", None
    default = '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'
    mend = _command(store, "put-bucket-encryption", f"--server-side-encryption-configuration '{default}'")
    return False, "off", mend, None


def _object_lock(store: S3Store, _now: datetime) -> Answer:
    locked = _ask(store, "get_object_lock_configuration").get("ObjectLockConfiguration")
    return True, "on" if locked else "off (it would keep backups from being deleted by a stolen key)", "", None


def _ask(store: S3Store, operation: str, **arguments: Any) -> Mapping[str, Any]:
    """Call the API about the bucket; a setting that was never made is an empty answer."""
    try:
        with store.explained():
            answer: Mapping[str, Any] = getattr(store.client, operation)(Bucket=store.bucket.name, **arguments)
            return answer
    except StoreError as error:
        if any(code in error.message for code in _UNSET):
            return {}
        raise


def _command(store: S3Store, operation: str, options: str) -> str:
    endpoint = f" --endpoint-url {store.bucket.endpoint}" if store.bucket.endpoint else ""
    return f"aws s3api {operation} --bucket {store.bucket.name} {options}{endpoint}"
