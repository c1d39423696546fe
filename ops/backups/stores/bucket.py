"""What a bucket should be: versioned, private, encrypted, without endless uploads; and its clock like ours."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
OLD_VERSIONS_DAYS = 35
_UNSET = (
    "NoSuchLifecycleConfiguration",
    "NoSuchPublicAccessBlockConfiguration",
    "ServerSideEncryptionConfigurationNotFoundError",
    "ObjectLockConfigurationNotFoundError",
)


def examine_bucket(store: S3Store, now: datetime) -> Iterator[Finding]:
    """Ask the bucket how it is set up; what the key may not ask is said and not held against it."""
    for check in _CHECKS:
        name = f"{store.name}: {check.__name__.strip('_').replace('_', ' ')}"
        try:
            ok, detail, mend, fix = check(store, now)
        except StoreError as error:
            yield Finding(name, True, f"unknown: {error.message}")
        else:
            yield Finding(name, ok, detail, mend, fix)


def require_access(store: S3Store) -> None:
    """Ask whether the bucket is there and lets us in.

    Raises:
        StoreError: it is not, or it does not.
    """
    _ask(store, "head_bucket")


def is_versioned(store: S3Store) -> bool:
    """Say whether what is deleted or replaced can be had again; a store that does not tell keeps nothing."""
    try:
        return _ask(store, "get_bucket_versioning").get("Status") == "Enabled"
    except StoreError:
        return False


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
    if _has_rule(store, "AbortIncompleteMultipartUpload"):
        return True, "aborted by a lifecycle rule", "", None
    mend = "langagent backup doctor --fix (adds a lifecycle rule that aborts them after 2 days)"
    return False, "kept, and paid for, for ever", mend, lambda: _add_rule(store, ABORT_RULE)


def _old_versions(store: S3Store, _now: datetime) -> Answer:
    if not is_versioned(store):
        return True, "none are kept", "", None
    if _has_rule(store, "NoncurrentVersionExpiration"):
        return True, "deleted in time by a lifecycle rule", "", None
    mend = f"langagent backup doctor --fix (adds a lifecycle rule that deletes them after {OLD_VERSIONS_DAYS} days)"
    rule = {
        "ID": f"delete-old-versions-{store.bucket.prefix}",
        "Status": "Enabled",
        "Filter": {"Prefix": store.bucket.prefix},
        "NoncurrentVersionExpiration": {"NoncurrentDays": OLD_VERSIONS_DAYS},
    }
    return False, "kept for ever, with all that erased accounts had", mend, lambda: _add_rule(store, rule)


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


def _rules(store: S3Store) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = _ask(store, "get_bucket_lifecycle_configuration").get("Rules", [])
    return rules


def _has_rule(store: S3Store, action: str) -> bool:
    """Say whether a lifecycle rule does this to all objects of the store."""
    active = [rule for rule in _rules(store) if rule["Status"] == "Enabled" and action in rule]
    return any(store.bucket.prefix.startswith(rule.get("Filter", {}).get("Prefix", "")) for rule in active)


def _add_rule(store: S3Store, rule: Mapping[str, Any]) -> object:
    configuration = {"Rules": [*_rules(store), rule]}
    return _ask(store, "put_bucket_lifecycle_configuration", LifecycleConfiguration=configuration)


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


_CHECKS: Sequence[Callable[[S3Store, datetime], Answer]] = (
    _clock,
    _versioning,
    _old_versions,
    _unfinished_uploads,
    _public_access,
    _encryption,
    _object_lock,
)
