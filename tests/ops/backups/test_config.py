"""Where backups go and come from, by the settings."""

from pathlib import Path

import pytest

from ops.backups.config import find_config, open_stores
from ops.backups.database import open_database
from ops.errors import ConfigurationError

NOWHERE = Path("/nowhere/.env")
KEYS = {"BACKUP_S3_BUCKET": "safe", "BACKUP_S3_ACCESS_KEY": "id", "BACKUP_S3_SECRET_KEY": "secret"}


def test_a_checkout_needs_no_settings(tmp_path: Path) -> None:
    config = find_config(NOWHERE, {}, tmp_path / "state")
    assert [store.name for store in open_stores(config)] == [str(tmp_path / "state/backups")]
    with pytest.raises(ConfigurationError, match="no database to back up"), open_database(config):
        pass


def test_both_stores_when_both_are_set(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    lines = {**KEYS, "BACKUP_S3_PREFIX": "db/", "BACKUP_FOLDER": "/elsewhere"}
    file.write_text("\n".join(f"{name}={value}" for name, value in lines.items()))
    config = find_config(file, {"BACKUP_FOLDER": str(tmp_path)}, tmp_path)
    assert [store.name for store in open_stores(config)] == [str(tmp_path), "s3://safe/db"]


def test_a_bucket_alone_is_the_only_store(tmp_path: Path) -> None:
    config = find_config(NOWHERE, KEYS, tmp_path)
    assert [store.name for store in open_stores(config)] == ["s3://safe"]


def test_a_bucket_needs_its_key(tmp_path: Path) -> None:
    config = find_config(NOWHERE, {"BACKUP_S3_BUCKET": "safe"}, tmp_path)
    with pytest.raises(ConfigurationError, match="BACKUP_S3_SECRET_KEY is not"):
        open_stores(config)


def test_every_problem_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        find_config(NOWHERE, {"BACKUP_KEEP_DAYS": "0", "BACKUP_S3_CHECKSUM": "none"}, tmp_path)
    assert "BACKUP_KEEP_DAYS must be greater than 0" in caught.value.message
    assert "BACKUP_S3_CHECKSUM must be one of" in caught.value.message


def test_retention_by_the_settings(tmp_path: Path) -> None:
    policy = find_config(NOWHERE, {"BACKUP_KEEP_DAYS": "9", "BACKUP_KEEP_MONTHLY": "12"}, tmp_path).policy
    assert (policy.days, policy.daily, policy.weekly, policy.monthly) == (9, 0, 0, 12)
    assert policy.outlives_days


@pytest.mark.parametrize("name", ["BACKUP_DATABASE_URL", "RESTORE_DATABASE_URL"])
@pytest.mark.parametrize(
    "url", ["postgresq://user:very-secret@host/db", "postgresql://u:very%zzsecret@h/db", "postgresql://h"]
)
def test_an_address_that_cannot_be_read_is_not_shown(name: str, url: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} is no address") as refused:
        find_config(NOWHERE, {name: url})
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None
