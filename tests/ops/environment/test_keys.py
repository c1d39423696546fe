"""The age of SECRET_KEY is remembered in the file."""

from datetime import date
from pathlib import Path

from ops.environment import keys
from ops.environment.check import check
from ops.hosts.local import LocalHost

MADE = date(2026, 1, 1)


def test_a_new_file_knows_the_age_of_its_key() -> None:
    text = keys.fill("SECRET_KEY=\nTRIAL_HASH_KEY=\n", MADE)
    assert keys.age_in_days(text, date(2026, 1, 31)) == 30


def test_rotation_starts_the_age_anew() -> None:
    text = keys.rotate(keys.fill("SECRET_KEY=\n", MADE), date(2026, 5, 1))
    assert keys.age_in_days(text, date(2026, 5, 2)) == 1


def test_an_old_key_is_reminded_of(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text(keys.fill("SECRET_KEY=\n", MADE))
    host = LocalHost()
    assert any("90 days old" in warning for warning in check(host, str(path), date(2026, 4, 1)).warnings)
    assert not check(host, str(path), date(2026, 3, 31)).warnings
